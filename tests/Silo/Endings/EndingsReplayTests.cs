using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo.Endings;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Opening;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Storage.Sqlite;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Endings;

/// <summary>A database that is put back to an earlier day brings back nothing that has ended.</summary>
public sealed class EndingsReplayTests : SiloPlace
{
    private static readonly GrainName Municipality = GrainName.Municipality(Tampere);
    private static readonly GrainName Mikko = GrainName.Client("mikko");

    private string ListFile => Path.Combine(Address.Folder, EndingsList.FileName);

    [Fact]
    public async Task An_earlier_database_is_ended_again_before_it_serves()
    {
        await Send(Maija, Register);
        await Send(Maija, new GiveDropInConsent());
        await Send(Mikko, Register with { TemporaryIdentifier = new PersonalText("T-2") });
        await Send(Mikko, new GiveDropInConsent());
        await Send(Mikko, new RecordDropInAttendance("a"));
        await Send(Municipality, new RegisterMunicipality("Tampere"));
        await Send(Municipality, new RegisterStaffMember("w1"));
        await Send(Municipality, new RegisterStaffMember("w2"));
        var earlier = await Copied();
        await Send(Maija, new EraseClient(ErasureReason.RegisteredInError));
        await Send(Mikko, new WithdrawDropInConsent());
        await Send(Municipality, new RemoveStaffMember("w1"));
        await PutBack(earlier);

        await InitializeAsync();
        var maija = await StateOf(Maija);
        Assert.NotNull(maija.ErasedOn);
        Assert.True(maija.Registered!.LastName.IsEmpty);
        Assert.Null((await StateOf(Mikko)).DropInConsentSince);
        Assert.Empty((await StateOf(Mikko)).KeptVisits);
        Assert.Equal(["w2"], Silo.Caseloads.MunicipalityOf(Tampere)!.Staff.Select(member => member.WorkerId));
        Assert.Empty((await Silo.Verify()).Differences);

        // Once it is done, what is granted anew stays.
        await Send(Municipality, new RegisterStaffMember("w1"));
        await Restart();
        Assert.Equal(2, Silo.Caseloads.MunicipalityOf(Tampere)!.Staff.Count);
    }

    [Fact]
    public async Task Answers_of_a_withdrawn_consent_do_not_come_back_with_an_earlier_database()
    {
        await Send(Maija, Register);
        await Send(Maija, new GiveMeasureConsent());
        await Send(Maija, new RecordMeasureAnswers("ESIS") { Answers = [new(1, 4)] });
        var earlier = await Copied();
        await Send(Maija, new WithdrawMeasureConsent());
        await PutBack(earlier);
        await InitializeAsync();
        Assert.Null((await StateOf(Maija)).MeasureConsentSince);
        Assert.Empty((await StateOf(Maija)).MeasureAnswers);
        Assert.Empty((await Silo.Verify()).Differences);
    }

    [Fact]
    public async Task A_client_whom_the_earlier_database_does_not_know_is_erased_when_the_register_was_sent_again()
    {
        await Send(Mikko, Register);
        var earlier = await Copied();
        await Send(Maija, Register);
        await Send(Maija, new EraseClient(ErasureReason.RegisteredInError));
        await PutBack(earlier);
        await InitializeAsync();
        await Send(Maija, Register);
        await Restart();
        Assert.NotNull((await StateOf(Maija)).ErasedOn);
    }

    [Fact]
    public async Task A_worker_who_is_unknown_to_the_earlier_database_can_be_entered_anew()
    {
        await Send(Municipality, new RegisterMunicipality("Tampere"));
        var earlier = await Copied();
        await Send(Municipality, new RegisterStaffMember("w1"));
        await Send(Municipality, new RemoveStaffMember("w1"));
        await PutBack(earlier);
        await InitializeAsync();
        await Send(Municipality, new RegisterStaffMember("w1"));
        await Restart();
        Assert.Single(Silo.Caseloads.MunicipalityOf(Tampere)!.Staff);
    }

    [Fact]
    public async Task A_right_that_ended_stays_ended_in_a_database_from_before_the_register_granted_any()
    {
        await Send(Municipality, new RegisterMunicipality("Tampere"));
        var earlier = await Copied();
        var worker = new Caller(Role.SocialWorker, "idp:w", Reach.Of(Tampere));
        var first = new Caller(Role.Coordinator, "idp:first", Reach.Of(Tampere));
        await Take(new GrantFirstRight("idp:first"), In(Role.Operator, null));
        await Take(new GrantRight("idp:w", RegisterRole.SocialWorker, Day), first);
        await Take(new EndRight("idp:w", RegisterRole.SocialWorker), first);
        await PutBack(earlier);

        await InitializeAsync();
        Assert.Equal(Reach.None, Silo.Rights!.Cut(worker).Reach);
        await Take(new GrantFirstRight("idp:first"), In(Role.Operator, null));
        await Take(new GrantRight("idp:w", RegisterRole.SocialWorker, Day), first);
        await Restart();
        Assert.Same(worker, Silo.Rights!.Cut(worker)); // Granted anew, it stays.

        async Task Take(ICommand command, Caller caller)
        {
            var reply = await Silo.Grains.Execute(Municipality, Ask(command, caller));
            Assert.True(reply.Kind is ReplyKind.Accepted, $"{command}: {reply.Kind} {reply.Rejection}");
            await Silo.WaitFor(reply.Position);
        }
    }

    /// <summary>The process died between the commit and the list: its caller has no answer, and asks again.</summary>
    [Fact]
    public async Task A_retry_after_a_death_before_the_list_is_listed_and_one_after_it_is_listed_once()
    {
        await Send(Maija, Register);
        var erase = Ask(new EraseClient(ErasureReason.Ordered));
        await Silo.DisposeAsync();
        var services = await Stores.OpenWithKey(Address, Time, alone: true);
        await using (services.Store)
        {
            await GrainKinds.NewHost(Maija, services, ReadSnapshot.None).Execute(erase);
        }
        await InitializeAsync();
        Assert.False(File.Exists(ListFile));
        for (var again = 0; again < 2; again++)
        {
            Assert.Equal(ReplyKind.Accepted, (await Silo.Grains.Execute(Maija, erase)).Kind);
            Assert.Single(await File.ReadAllLinesAsync(ListFile));
        }
    }

    [Fact]
    public async Task An_id_that_another_command_had_ends_and_lists_nothing()
    {
        await Send(Maija, Register);
        var held = Ask(new HoldForArchiving(), In(Role.Coordinator, null));
        Assert.Equal(ReplyKind.Accepted, (await Silo.Grains.Execute(Maija, held)).Kind);
        var erase = new EraseClient(ErasureReason.Ordered);
        var reply = await Silo.Grains.Execute(Maija, erase, held.Envelope);
        Assert.Equal(RejectionCodes.CommandIdUsed, reply.Rejection?.Code);
        await Send(Maija, new MoveToMunicipality(Raisio));
        var former = In(Role.Coordinator, Tampere);
        Assert.Equal(
            ReplyKind.Forbidden,
            (await Silo.Grains.Execute(Maija, erase, held.Envelope with { Caller = former })).Kind);
        Assert.Null((await StateOf(Maija)).ErasedOn);
        Assert.False(File.Exists(ListFile));
    }

    /// <summary>Who confirmed was answered: an earlier database must not bring the person back.</summary>
    [Fact]
    public async Task A_confirmed_end_of_keeping_is_listed_before_it_is_carried_out()
    {
        await Send(Maija, Register, new DateOnly(2009, 6, 1));
        await Send(Maija, new CloseMatter(ClosingReason.Other), new DateOnly(2009, 6, 2));
        var earlier = await Copied();
        await Send(Maija, new ConfirmRetention());
        Assert.Contains("ConfirmRetention", await File.ReadAllTextAsync(ListFile), StringComparison.Ordinal);
        await PutBack(earlier);
        await InitializeAsync();
        Assert.NotNull((await StateOf(Maija)).ErasedOn);
    }

    /// <summary>The process may die between the end of the key and the list: the retry is listed.</summary>
    [Fact]
    public async Task The_end_of_a_matter_is_listed_also_by_a_retry_and_an_earlier_database_ends_it_again()
    {
        foreach (var (command, on) in new (ICommand, DateOnly)[]
        {
            (Register, new(2005, 6, 1)), (Letter with { Note = new PersonalText("first") }, new(2005, 6, 1)),
            (new CloseMatter(ClosingReason.Other), new(2005, 6, 2)),
            (new ReopenMatter(new PersonalText("back"), NewMatter: true), new(2006, 1, 2)),
        })
        {
            await Send(Maija, command, on);
        }
        var earlier = await Copied();
        var confirm = Ask(new ConfirmRetention(1), In(Role.Coordinator, null));
        await Silo.DisposeAsync();
        var services = await Stores.OpenWithKey(Address, Time, alone: true);
        await using (services.Store)
        {
            var died = await GrainKinds.NewHost(Maija, services, ReadSnapshot.None).Execute(confirm);
            Assert.Equal(ReplyKind.Accepted, died.Kind);
        }
        await InitializeAsync();
        Assert.False(File.Exists(ListFile));
        Assert.Equal(ReplyKind.Accepted, (await Silo.Grains.Execute(Maija, confirm)).Kind);
        Assert.Single(await File.ReadAllLinesAsync(ListFile));
        await PutBack(earlier);

        await InitializeAsync();
        var client = await StateOf(Maija);
        Assert.Equal((1, 2, LastName), (client.MattersEnded, client.Matter, client.Registered!.LastName.Reveal()));
        var tail = await Silo.Store.Load(Maija);
        Assert.Equal([2], tail.MatterKeys.Select(key => key.Matter));
        Assert.Empty((await Silo.Verify()).Differences);
    }

    [Fact]
    public async Task The_id_of_one_matters_end_is_not_that_of_anothers_and_lists_nothing()
    {
        foreach (var (command, on) in new (ICommand, DateOnly)[]
        {
            (Register, new(2005, 6, 1)), (new CloseMatter(ClosingReason.Other), new(2005, 6, 2)),
            (new ReopenMatter(NewMatter: true), new(2006, 1, 2)),
            (new CloseMatter(ClosingReason.Other), new(2006, 1, 3)),
        })
        {
            await Send(Maija, command, on);
        }
        var one = Ask(new ConfirmRetention(1), In(Role.Coordinator, null));
        Assert.Equal(ReplyKind.Accepted, (await Silo.Grains.Execute(Maija, one)).Kind);
        File.Delete(ListFile);
        File.Delete(ListFile + ".count");
        foreach (var matter in new[] { 2, 200 })
        {
            var reply = await Silo.Grains.Execute(Maija, new ConfirmRetention(matter), one.Envelope);
            Assert.Equal(ReplyKind.Rejected, reply.Kind);
        }
        Assert.Equal(1, (await StateOf(Maija)).MattersEnded);
        Assert.False(File.Exists(ListFile));
    }

    [Fact]
    public async Task What_a_person_ended_of_a_client_is_a_line_of_the_use_log()
    {
        await Send(Maija, Register);
        await Send(Maija, new EraseClient(ErasureReason.Ordered));
        var lines = await ((IClientLogs)Silo.Store).Accesses(
            new ClientLogSlice(Maija, Reach.All, DateTimeOffset.MinValue, Below: null, Max: 9));
        Assert.Contains(lines, logged => logged.Line.What == "command: eraseClient");
    }

    [Fact]
    public async Task What_is_refused_is_not_listed_and_a_list_that_is_not_whole_stops_the_start()
    {
        await Send(Maija, Register);
        await Silo.Grains.Execute(Maija, Ask(new EraseClient(ErasureReason.RetentionEnded)));
        await Silo.Grains.Execute(Maija, Ask(new EraseClient(ErasureReason.Ordered), RaisioWorker));
        Assert.False(File.Exists(ListFile));
        await Send(Maija, new EraseClient(ErasureReason.Ordered));
        await Silo.DisposeAsync();
        await File.WriteAllTextAsync(ListFile, "");
        var refusal = await Assert.ThrowsAsync<StoreRefusal>(InitializeAsync);
        Assert.Contains("was cut: it had 1 lines", refusal.Message, StringComparison.Ordinal);
        File.Delete(ListFile + ".count");
        await InitializeAsync();
    }

    private async Task<string> Copied()
    {
        await Silo.DisposeAsync();
        var copy = Directory.CreateDirectory(Path.Combine(Address.Folder, "earlier")).FullName;
        foreach (var file in Directory.GetFiles(Address.Folder, "osst*").Append(
            Path.Combine(Address.Folder, "projections.image")).Where(File.Exists))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }
        await InitializeAsync();
        return copy;
    }

    /// <summary>The silo is down afterwards.</summary>
    private async Task PutBack(string earlier)
    {
        await Silo.DisposeAsync();
        Assert.True(File.Exists(Path.Combine(earlier, SqliteStore.FileName)));
        foreach (var file in Directory.GetFiles(Address.Folder, "osst*"))
        {
            File.Delete(file);
        }
        foreach (var file in Directory.GetFiles(earlier))
        {
            File.Copy(file, Path.Combine(Address.Folder, Path.GetFileName(file)), overwrite: true);
        }
    }

    private async Task<ClientState> StateOf(GrainName client) =>
        (await Silo.Grains.Read<ClientState>(client, ReadAs(In(Role.Coordinator, null)))).State!;
}
