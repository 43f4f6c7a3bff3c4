using OsstOrleans.Silo.Endings;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Silo.Tests.Endings;

/// <summary>The list outside the database: durable, each line once, and whole or refused.</summary>
public sealed class EndingsListTests : IDisposable
{
    private static readonly MasterKey Key = MasterKey.Random();

    private readonly TempFolder _folder = new();

    private string File => Path.Combine(_folder.Path, EndingsList.FileName);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_listed_is_read_again_in_order_and_each_ending_once()
    {
        await Filled(3);
        await new EndingsList(File, Key).Add(At(1));
        Assert.Equal([At(0), At(1), At(2)], new EndingsList(File, Key).Read());
    }

    [Fact]
    public async Task Two_processes_that_share_a_list_lose_no_line()
    {
        var (one, other) = (new EndingsList(File, Key), new EndingsList(File, Key));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => (i % 2 == 0 ? one : other).Add(At(i)))));
        Assert.Equal(20, new EndingsList(File, Key).Read().Select(ending => ending.Key).Distinct().Count());
    }

    [Fact]
    public async Task What_a_crash_left_of_a_line_is_none_and_the_next_line_stands_behind_the_last_whole_one()
    {
        await Filled(2);
        await System.IO.File.AppendAllTextAsync(File, "0123456789abcdef0123456789abcdef {\"kind\":\"Erase");
        Assert.Equal(2, new EndingsList(File, Key).Read().Count);
        await new EndingsList(File, Key).Add(At(2));
        Assert.Equal([At(0), At(1), At(2)], new EndingsList(File, Key).Read());
    }

    [Fact]
    public async Task A_crash_before_the_count_leaves_a_list_that_is_longer_and_whole()
    {
        await Filled(2);
        await System.IO.File.WriteAllTextAsync(File + ".count", "1");
        Assert.Equal(2, new EndingsList(File, Key).Read().Count);
    }

    /// <summary>Any byte, any line taken away or put elsewhere, and the key of another installation.</summary>
    [Fact]
    public async Task Whatever_is_changed_in_a_list_is_told()
    {
        await Filled(3);
        var whole = await System.IO.File.ReadAllBytesAsync(File);
        for (var at = 0; at < whole.Length; at++)
        {
            var damaged = whole.ToArray();
            damaged[at] ^= 1;
            await AssertTold(damaged);
        }
        var lines = System.Text.Encoding.UTF8.GetString(whole).Split('\n')[..3];
        string[][] others =
            [lines[1..], lines[..2], [lines[0], lines[2]], [lines[1], lines[0], lines[2]], []];
        foreach (var other in others)
        {
            await AssertTold(System.Text.Encoding.UTF8.GetBytes(string.Concat(other.Select(line => line + "\n"))));
        }
        await System.IO.File.WriteAllBytesAsync(File, whole);
        Assert.Throws<StoreRefusal>(() => new EndingsList(File, MasterKey.Random()).Read());
        System.IO.File.Delete(File);
        Assert.Throws<StoreRefusal>(() => new EndingsList(File, Key).Read());
    }

    [Fact]
    public async Task What_has_come_to_its_end_can_be_forgotten()
    {
        await Filled(3);
        var list = new EndingsList(File, Key);
        await list.Forget(ending => ending == At(1));
        await list.Add(At(3));
        Assert.Equal([At(0), At(2), At(3)], new EndingsList(File, Key).Read());
    }

    private static Ending At(int i) =>
        new("EraseClient", $"client/c{i} x", "{}", DateTimeOffset.UnixEpoch.AddHours(i));

    private async Task Filled(int lines)
    {
        var list = new EndingsList(File, Key);
        for (var i = 0; i < lines; i++)
        {
            await list.Add(At(i));
        }
    }

    private async Task AssertTold(byte[] damaged)
    {
        await System.IO.File.WriteAllBytesAsync(File, damaged);
        Assert.Throws<StoreRefusal>(() => new EndingsList(File, Key).Read());
        var fault = await Assert.ThrowsAsync<StoreFault>(() => new EndingsList(File, Key).Add(At(9)));
        Assert.False(fault.IsPassing);
    }
}
