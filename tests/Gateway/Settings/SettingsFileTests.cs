using System.Text;
using OsstOrleans.Gateway.Settings;

namespace OsstOrleans.Gateway.Tests.Settings;

/// <summary>Settings as editors write them.</summary>
public sealed class SettingsFileTests
{
    /// <summary>Some editors put the mark before every text.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("case", "29")]
    public void A_byte_order_mark_is_no_part_of_the_settings(bool isMarked)
    {
        var path = Path.GetTempFileName();
        var text = Encoding.UTF8.GetBytes("""{"http": {"executionTime": 2.5}}""");
        File.WriteAllBytes(path, isMarked ? [.. Encoding.UTF8.Preamble, .. text] : text);
        Assert.Equal(TimeSpan.FromSeconds(2.5), SettingsFile.Read(path).Http.ExecutionTime);
        File.Delete(path);
    }
}
