using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Privacy;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Privacy;

public sealed class MasterKeyTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string KeyFile => Path.Combine(_folder.Path, MasterKey.FileName);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_new_key_is_for_its_owner_alone_and_stays_the_same()
    {
        var (_, wrapped) = MasterKey.Open(KeyFile, storeIsEmpty: true).NewClientKey(Maija);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
        Assert.NotNull(MasterKey.Open(KeyFile, storeIsEmpty: false).Unwrap(Maija, wrapped));
        Assert.Null(MasterKey.Open(KeyFile, storeIsEmpty: false).Unwrap(Maija, default));
    }

    [Fact]
    public void A_missing_key_is_not_replaced_once_there_is_data()
    {
        var refusal = Assert.Throws<StoreRefusal>(() => MasterKey.Open(KeyFile, storeIsEmpty: false));
        Assert.Contains("missing", refusal.Message);
        Assert.False(File.Exists(KeyFile));
    }

    [Fact]
    public void A_file_that_is_no_key_is_refused()
    {
        File.WriteAllText(KeyFile, "too short");
        Assert.Contains("not a master key", Assert.Throws<StoreRefusal>(() => MasterKey.Open(KeyFile, true)).Message);
    }

    [Fact]
    public void A_first_start_killed_while_writing_the_key_can_be_repeated()
    {
        File.WriteAllText(KeyFile + ".new", "half");
        MasterKey.Open(KeyFile, storeIsEmpty: true);
        Assert.Equal([KeyFile], Directory.GetFiles(_folder.Path));
    }
}
