namespace OsstOrleans.EndToEnd.Tests;

/// <summary><c>osst doctor</c> tells what is well and how to mend what is not, and changes nothing.</summary>
public sealed class DoctorTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Before_the_first_start_all_is_well_and_nothing_is_made()
    {
        var ended = await Osst.Run("doctor", "--data", _folder.Data);
        Assert.True(ended.ExitCode == 0, ended.Output + ended.Errors);
        Assert.Contains("ok      store: none yet", ended.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.Data));
    }

    [Fact]
    public async Task A_key_that_others_can_read_is_wrong_and_the_mend_is_told()
    {
        await _folder.LoadClients();
        var well = await Osst.Run("doctor", "--data", _folder.Data);
        Assert.True(well.ExitCode == 0, well.Output);
        Assert.Contains("can be opened", well.Output, StringComparison.Ordinal);
        var key = Path.Combine(_folder.Data, "master.key");
        File.SetUnixFileMode(key, File.GetUnixFileMode(key) | UnixFileMode.OtherRead);
        var wrong = await Osst.Run("doctor", "--data", _folder.Data);
        Assert.Equal(1, wrong.ExitCode);
        Assert.Contains($"WRONG   a key can be used by others; chmod 600 {key}", wrong.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_in_use_is_well_and_a_damaged_one_is_not()
    {
        await using (var server = await RunningServer.Start(_folder, "--quiet"))
        {
            var used = await Osst.Run("doctor", "--data", _folder.Data);
            Assert.True(used.ExitCode == 0, used.Output);
            Assert.Contains("in use", used.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("read by others", used.Output, StringComparison.Ordinal);
            Assert.Equal(0, (await server.Process.Stop()).ExitCode);
        }
        await File.WriteAllTextAsync(_folder.Database, "No database at all, and long enough to be seen as none.");
        var damaged = await Osst.Run("doctor", "--data", _folder.Data);
        Assert.Equal(1, damaged.ExitCode);
        Assert.Contains("WRONG   store: ", damaged.Output, StringComparison.Ordinal);
    }
}
