using System.Text;
using OsstOrleans.Gateway.Settings;
using OsstOrleans.Silo.Faults;

namespace OsstOrleans.Gateway.Tests.Settings;

/// <summary>Settings as editors write them.</summary>
public sealed class SettingsFileTests
{
    /// <summary>A setting of a form that the reader does not know would take what another form has.</summary>
    [Fact]
    public void Each_setting_has_a_form_and_says_so_of_what_is_none()
    {
        var path = Path.GetTempFileName();
        foreach (var section in SettingsFile.Sections)
        {
            foreach (var setting in SettingsFile.SettingsOf(section))
            {
                var name = SettingsFile.NameOf(section, setting);
                var names = name.Split('.');
                File.WriteAllText(path, $$$$"""{"{{{{names[0]}}}}": {"{{{{names[1]}}}}": {"none": 1}}}""");
                var refusal = Assert.Throws<StoreRefusal>(() => SettingsFile.Read(path));
                Assert.Contains($"{name} takes ", refusal.Message, StringComparison.Ordinal);
            }
        }
        File.Delete(path);
    }

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
