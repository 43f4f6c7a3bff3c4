using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo.Casework;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Opening;
using OsstOrleans.Silo.Search;
using OsstOrleans.Silo.Verification;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Casework;

/// <summary>One person registered twice is found, and merged when the municipality says so.</summary>
public sealed class MergeTests : SiloPlace
{
    private static readonly GrainName Municipality = GrainName.Municipality(Tampere);
    private static readonly GrainName Again = GrainName.Client("maija-again");
    private static readonly ReceiveReferral FromKela = new("r1", ReferralSource.Kela, ReferralReason.Need, 3);
    private static readonly ReferralReceived Received = new(
        "a", ReferralSource.Kela, ReferralReason.Need, 3, null, Over75: false, HighestCareAllowance: false,
        ChildWithSpecialSupport: false);
    private static readonly MergeDuplicate Deciding =
        new("m1", Maija.Key, Again.Key, MergeGrounds.SameIdentifier);

    [Fact]
    public async Task A_person_registered_twice_is_found_also_after_a_restart_and_never_across_municipalities()
    {
        await Prepare();
        await Send(GrainName.Client("elsewhere"), Register with { Municipality = Raisio });
        await Send(GrainName.Client("other"), Register with { TemporaryIdentifier = new PersonalText("T-2") });
        await Indexed();

        Assert.Equal([[Maija.Key, Again.Key]], await Found(Tampere));
        Assert.Empty(await Found(Raisio));
        await Restart();
        Assert.Equal([[Maija.Key, Again.Key]], await Found(Tampere));
    }

    [Fact]
    public async Task An_index_that_was_lost_is_built_again_and_an_erased_client_leaves_it()
    {
        await Prepare();
        await Indexed();
        await Silo.DisposeAsync();
        Tamper("UPDATE keys SET identity = NULL");
        await InitializeAsync();
        await Indexed();
        Assert.Single(await Found(Tampere));

        await Silo.DisposeAsync();
        Tamper($"DELETE FROM keys WHERE stream = '{Again}'");
        await InitializeAsync();
        Assert.Empty(await Found(Tampere));
    }

    [Fact]
    public async Task A_person_is_found_when_the_identifier_becomes_known_later()
    {
        var identity = new PersonalText("131052-900W");
        await Prepare();
        await Send(GrainName.Client("coded"), Register with
        {
            BirthYear = 1952,
            PersonalIdentityCode = identity,
            TemporaryIdentifier = null,
        });
        await Indexed();
        await Send(Again, new ChangeClientDetails(Register.LastName, Register.FirstNames, 1952, identity));
        await Indexed();

        Assert.Equal([[Again.Key, "coded"]], await Found(Tampere));
    }

    [Fact]
    public async Task A_merge_moves_referrals_and_contacts_and_ends_the_duplicate()
    {
        await Prepare();
        await Send(Again, FromKela);
        await Send(Again, Letter with { ReferralId = "r1" });
        await Send(Again, new RecordBenefitMonth("2019-01", 50_000, 0), Day);
        await Send(Municipality, Deciding);
        await Ended();

        Assert.Equal(MergeOutcome.Merged, Merge.Outcome);
        var survivor = await StateOf(Maija);
        Assert.Equal(["r1"], survivor.Referrals.Select(referral => referral.Received.ReferralId));
        Assert.Equal(1, survivor.Contacts.Letters);
        Assert.Equal([new BenefitMonth("2019-01", 50_000, 0, Day)], survivor.BenefitMonths);
        Assert.Equal(Maija.Key, (await StateOf(Again)).MergedInto!.SurvivorId);
        Assert.Null(Silo.Caseloads.Ask(Tampere, caseload => caseload.VersionOf(Again.Key)));
        Assert.Empty(await Found(Tampere));
        Assert.Empty((await Silo.Verify()).Differences);
    }

    [Fact]
    public async Task A_merge_that_is_not_possible_changes_nothing_and_says_why()
    {
        await Prepare();
        await Send(Again, new RecordEmploymentOutcome(EmploymentKind.Study, Day));
        await Send(Municipality, Deciding);
        await Ended();

        Assert.Equal((MergeOutcome.Refused, MergeRefusal.DuplicateHasCasework), (Merge.Outcome, Merge.Refusal));
        Assert.Null((await StateOf(Again)).MergedInto);
    }

    [Fact]
    public async Task A_client_who_was_erased_takes_over_nobody()
    {
        await Prepare();
        await Send(Again, FromKela);
        await Send(Maija, new EraseClient(ErasureReason.RegisteredInError));
        await Send(Municipality, Deciding);
        await Ended();

        Assert.Equal((MergeOutcome.Refused, MergeRefusal.ClientErased), (Merge.Outcome, Merge.Refusal));
        Assert.Null((await StateOf(Again)).MergedInto);
    }

    [Fact]
    public async Task A_duplicate_that_was_merged_is_erased_and_the_projections_go_on()
    {
        await Prepare();
        await Send(Municipality, Deciding);
        await Ended();
        await Send(Again, new EraseClient(ErasureReason.RegisteredInError));
        await Send(Maija, Letter);

        Assert.Null(Silo.Projections.Fault);
        await Restart();
        Assert.Empty((await Silo.Verify()).Differences);
    }

    [Fact]
    public async Task A_duplicate_with_an_entry_in_error_is_merged_and_verify_finds_no_difference()
    {
        await Prepare();
        await Send(Again, Letter);
        await Send(Again, new MarkRecordedInError(2, new PersonalText("Väärä henkilö")));
        await Send(Municipality, Deciding);
        await Ended();

        Assert.Equal(MergeOutcome.Merged, Merge.Outcome);
        Assert.Empty((await Silo.Verify()).Differences);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_merge_cut_off_after_its_duplicate_was_ended_is_finished_by_the_next_start(bool moved)
    {
        await Prepare();
        await CutOffInTheMiddle(moved ? [new MoveToMunicipality(Raisio)] : []);

        Assert.Equal(MergeOutcome.Merged, Merge.Outcome);
        var everywhere = ReadAs(In(Role.Coordinator, null));
        Assert.Single((await Silo.Grains.Read<ClientState>(Maija, everywhere)).State!.Referrals);
    }

    [Theory]
    [InlineData(MergeRefusal.ClientErased)]
    [InlineData(MergeRefusal.AlreadyMerged)]
    [InlineData(MergeRefusal.TooManyReferrals)]
    public async Task What_a_survivor_refuses_in_the_middle_of_a_merge_its_duplicate_keeps(MergeRefusal why)
    {
        await Prepare();
        await CutOffInTheMiddle(why switch
        {
            MergeRefusal.ClientErased => new EraseClient(ErasureReason.RegisteredInError),
            MergeRefusal.AlreadyMerged => new RetireDuplicate("m0", "another"),
            _ => new AbsorbDuplicate("m0", "another", new ContactTally())
            {
                Referrals =
                [
                    .. Enumerable.Range(0, Limits.Referrals)
                        .Select(i => new Referral(Received with { ReferralId = $"a{i}" }, Day)),
                ],
            },
        });

        Assert.Equal((MergeOutcome.Refused, why), (Merge.Outcome, Merge.Refusal));
        Assert.Null((await StateOf(Again)).MergedInto);
        await Send(Again, Letter with { ReferralId = "r1" });
        Assert.Equal(1, (await StateOf(Again)).Referrals.Single().ContactAttempts);
        await Restart();
        Assert.NotNull(Silo.Caseloads.Ask(Tampere, caseload => caseload.VersionOf(Again.Key)));
        Assert.Empty((await Silo.Verify()).Differences);
        await Send(Again, new MarkRecordedInError(5, new PersonalText("Väärä päivä")));
        Assert.Empty((await Silo.Verify()).Differences);
    }

    [Fact]
    public async Task Nobody_takes_a_steps_place_by_working_out_its_command_id()
    {
        await Prepare();
        await Send(Again, FromKela);
        foreach (var (client, step) in new[]
        {
            (Maija, nameof(AbsorbDuplicate)), (Again, nameof(RetireDuplicate)),
        })
        {
            var id = StableId.Guid($"merge/{Tampere}/m1/{Maija.Key}/{Again.Key}/{step}");
            Assert.Equal(ReplyKind.Accepted, (await Silo.Grains.Execute(client, Ask(Letter, Worker, id))).Kind);
        }
        await Send(Municipality, Deciding);
        await Ended();

        Assert.Equal(MergeOutcome.Merged, Merge.Outcome);
        Assert.Single((await StateOf(Maija)).Referrals);
    }

    private DuplicateMerge Merge => Silo.Caseloads.MunicipalityOf(Tampere)!.Merges.Single();

    private async Task Prepare()
    {
        await Send(Municipality, new RegisterMunicipality("Tampere"));
        await Send(Maija, Register);
        await Send(Again, Register with { LastName = new PersonalText("Esimerkki") });
    }

    /// <summary>A process dies when the duplicate was ended; something happens to the survivor; another goes on.
    /// </summary>
    private async Task CutOffInTheMiddle(params IClientCommand[] toTheSurvivor)
    {
        await Send(Again, FromKela);
        await Silo.DisposeAsync();
        var services = await Stores.OpenWithKey(Address, Time, alone: true);
        await using (services.Store)
        {
            await Do(Municipality, Deciding);
            await Do(Municipality, new BeginMerge("m1"));
            await Do(Again, new RetireDuplicate("m1", Maija.Key, Number: 1));
            foreach (var command in toTheSurvivor)
            {
                await Do(Maija, command);
            }
        }
        await InitializeAsync();
        await Ended();

        async Task Do(GrainName grain, ICommand command) => Assert.Equal(
            ReplyKind.Accepted,
            (await GrainKinds.NewHost(grain, services, ReadSnapshot.None)
                .Execute(Ask(command, In(Role.Coordinator, Tampere)))).Kind);
    }

    private async Task<string[][]> Found(string municipality) =>
        [.. (await new DuplicateCandidates(Silo.Services, Silo.Caseloads).In(municipality, Day))
            .Select(group => group.Select(entry => entry.Client).ToArray())];

    /// <summary>What the follower does by itself, done to its end.</summary>
    private Task Indexed() => new Identities(Silo.Services).CatchUp(CancellationToken.None);

    private async Task Ended()
    {
        using var watch = Silo.Signals.Watch(SignalKind.Caseload, [Tampere]);
        while (Merge.Outcome is MergeOutcome.UnderWay)
        {
            await watch.Next(Patience.Late);
        }
    }

    private async Task<ClientState> StateOf(GrainName client) =>
        (ClientState)(await Silo.Grains.Read<ClientState>(client, ReadAs(Worker))).State!;
}
