using OsstOrleans.Grains;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo.Casework;
using OsstOrleans.Silo.Endings;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Opening;
using OsstOrleans.Silo.Storage;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Casework;

/// <summary>The first coordinator comes from beside the database, and all others from each other.</summary>
public sealed class RegisterRightsTests : SiloPlace
{
    private static readonly GrainName Municipality = GrainName.Municipality(Tampere);
    private static readonly Caller First = new(Role.Coordinator, "idp:first", Reach.Of(Tampere, Raisio));
    private static readonly Caller Kela = new(Role.Integration, "idp:kela", Reach.All);

    [Fact]
    public async Task The_first_coordinator_is_made_beside_the_database_and_tokens_are_cut_from_then_on()
    {
        await Send(Municipality, new RegisterMunicipality("Tampere"));
        var worker = In(Role.SocialWorker, Tampere);
        Assert.Same(worker, Silo.Rights!.Cut(worker));
        await Silo.DisposeAsync();
        await Assert.ThrowsAsync<StoreRefusal>(() => Make(Tampere, "idp:first", replaces: true));
        Assert.Null(await Make(Tampere, "idp:first"));
        var refusal = await Assert.ThrowsAsync<StoreRefusal>(() => Make(Tampere, "idp:other"));
        Assert.Contains("has a coordinator", refusal.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreRefusal>(() => Make(Raisio, "idp:first"));
        await InitializeAsync();

        Assert.Same(First, Silo.Rights!.Cut(First));
        Assert.Equal("operator/os:ops", Silo.Caseloads.MunicipalityOf(Tampere)!.Rights.Single().GrantedBy);
        Assert.Equal(Reach.None, Silo.Rights.Cut(worker).Reach);
        Assert.Equal(Reach.Of(Raisio), Silo.Rights.Cut(First with { Subject = "idp:other" }).Reach);
        var researcher = new Caller(Role.Researcher, "thl", Reach.All);
        Assert.Same(researcher, Silo.Rights.Cut(researcher));

        // While the log cannot be read, it is not known who holds a right that was granted.
        var old = new RegisterRights(
            Silo.Caseloads, Silo.Services, () => RegisterStaff.MostAge + TimeSpan.FromSeconds(1));
        Assert.Equal(Reach.Of(Raisio), old.Cut(First).Reach);
        Assert.Equal(Reach.AllBut(Tampere), old.Cut(Kela).Reach);
        Assert.Same(Kela, Silo.Rights.Cut(Kela));
        var end = await Silo.Grains.Execute(
            Municipality, Ask(new EndRight("idp:kela", RegisterRole.Integration), First));
        await Silo.WaitFor(end.Position);
        Assert.Equal(Reach.AllBut(Tampere), Silo.Rights.Cut(Kela).Reach);
        Assert.False(Silo.Rights.Cut(Kela).HoldsFor(Tampere));
        Assert.True(Silo.Rights.Cut(Kela).HoldsFor(Raisio));
    }

    [Fact]
    public async Task An_only_coordinator_is_replaced_beside_the_database_and_stays_replaced_after_a_restore()
    {
        await Send(Municipality, new RegisterMunicipality("Tampere"));
        await Silo.DisposeAsync();
        await Make(Tampere, "idp:first");
        var earlier = Directory.GetFiles(Address.Folder, "osst*").ToDictionary(file => file, File.ReadAllBytes);
        Assert.Equal("idp:first", await Make(Tampere, "idp:new", replaces: true));
        await InitializeAsync();
        Assert.Equal(["idp:new"], Coordinators());

        await Silo.DisposeAsync();
        foreach (var file in Directory.GetFiles(Address.Folder, "osst*"))
        {
            File.Delete(file);
        }
        foreach (var (file, bytes) in earlier)
        {
            await File.WriteAllBytesAsync(file, bytes);
        }
        await InitializeAsync();
        Assert.Empty(Coordinators());
    }

    [Fact]
    public async Task No_caller_makes_a_first_coordinator_and_no_operator_grants()
    {
        await Send(Municipality, new RegisterMunicipality("Tampere"));
        foreach (var (role, command) in ((Role, IMunicipalityCommand)[])
            [(Role.Coordinator, new GrantFirstRight("idp:a")),
            (Role.Operator, new GrantRight("idp:a", RegisterRole.Counsellor, Day)),
            (Role.Operator, new EndRight("idp:a", RegisterRole.Counsellor)),
            (Role.SocialWorker, new DecideRightEnd("idp:a", RegisterRole.Coordinator, Ends: true)),
            (Role.SocialWorker, new ConfirmRight("idp:a", RegisterRole.Coordinator, Day))])
        {
            var reply = await Silo.Grains.Execute(Municipality, Ask(command, In(role, Tampere)));
            Assert.Equal((command, ReplyKind.Forbidden), (command, reply.Kind));
        }
    }

    [Fact]
    public async Task Verbs_without_settings_find_the_list_that_the_server_was_set_to()
    {
        var elsewhere = Path.Combine(Address.Folder, "elsewhere", "list");
        var folder = Directory.CreateDirectory(Path.Combine(Address.Folder, "other")).FullName;
        var address = new StoreAddress(folder);
        await (await Platform.Prepare(address, Time, rules: new KeepingRules([], elsewhere))).DisposeAsync();
        Assert.Equal(elsewhere, EndingsPlace.Of(address));
        await (await Platform.Prepare(address, Time)).DisposeAsync();
        Assert.Equal(Path.Combine(folder, EndingsList.FileName), EndingsPlace.Of(address));
    }

    private Task<string?> Make(string register, string subject, bool replaces = false) =>
        FirstRights.Grant(Address, register, subject, "os:ops", replaces, Time);

    private IEnumerable<string> Coordinators() => Silo.Caseloads.MunicipalityOf(Tampere)!.Rights
        .Where(right => right.Role is RegisterRole.Coordinator).Select(right => right.Subject);
}
