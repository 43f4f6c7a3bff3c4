using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Import;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Import;

/// <summary>Lines that name a register, and lines of clients who were merged.</summary>
public sealed class RegisterLineTests : LinePlace
{
    [Fact]
    public async Task A_sender_for_all_reaches_whom_a_register_itself_registered_by_the_register_s_name()
    {
        await Accepted(OfTampere, ImportKind.Clients, Person("K", Tampere));
        Assert.Equal(ImportCodes.ExternalIdUnknown, (await Send(Kela, ImportKind.BenefitMonths, Month("K"))).Why?.Code);
        await Accepted(Kela, ImportKind.BenefitMonths, Month("K", register: Tampere));
        await Accepted(Kela, ImportKind.TePeriods, Period("K", Tampere));
        var client = await ClientOf(Keys.ExternalId("kela", "K", Tampere));
        Assert.Equal((1, 1), (client.BenefitMonths.Count, client.EmploymentServicePeriods.Count));
    }

    [Theory]
    [InlineData(ImportKind.BenefitMonths)]
    [InlineData(ImportKind.TePeriods)]
    public async Task A_line_that_names_another_register_is_answered_as_if_nobody_were_known_there(ImportKind kind)
    {
        await Accepted(OfOulu, ImportKind.Clients, Person("OURS", Oulu));
        await Accepted(Kela, ImportKind.Clients, Person("KNOWN", Oulu));
        foreach (var grains in (IGrainCalls[])[new Rehearsal(Silo.Services), Silo.Grains])
        {
            var ofNobody = await Send(OfTampere, kind, Line("NOBODY"), grains);
            Assert.Equal(ImportCodes.ExternalIdUnknown, ofNobody.Why?.Code);
            Assert.Equal(ofNobody, await Send(OfTampere, kind, Line("OURS"), grains));
            Assert.Equal(ofNobody, await Send(OfTampere, kind, Line("KNOWN"), grains));
        }

        string Line(string id) => kind == ImportKind.TePeriods ? Period(id, Oulu) : Month(id, register: Oulu);
    }

    [Fact]
    public async Task A_line_of_a_person_of_another_register_is_refused_alike_whether_the_person_is_known_there_or_not()
    {
        await Accepted(OfOulu, ImportKind.Clients, Person("OURS", Oulu));
        await Accepted(Kela, ImportKind.Clients, Person("KNOWN", Oulu));
        foreach (var grains in (IGrainCalls[])[new Rehearsal(Silo.Services), Silo.Grains])
        {
            foreach (var id in (string[])["NOBODY", "OURS", "KNOWN"])
            {
                foreach (var line in (string[])[Person(id, Oulu), Person(id, Oulu, birthYear: 1780)])
                {
                    var answer = await Send(OfTampere, ImportKind.Clients, line, grains);
                    Assert.Equal(ImportCodes.NotAllowed, answer.Why?.Code);
                }
                Assert.Equal(
                    ImportCodes.NotAllowed,
                    (await Send(OfTampere, ImportKind.KelaNotifications, Notice(id, Oulu), grains)).Why?.Code);
            }
        }
    }

    [Fact]
    public async Task A_line_whose_register_is_not_the_client_s_any_more_is_refused_with_a_code()
    {
        await Accepted(Kela, ImportKind.Clients, Person("K", Tampere));
        await Accepted(Kela, ImportKind.Clients, Person("K", Oulu, day: "2018-03-01"));
        foreach (var line in (string[])[Month("K", register: Tampere), Period("K", Tampere)])
        {
            var kind = line.Contains("standing") ? ImportKind.TePeriods : ImportKind.BenefitMonths;
            Assert.Equal(RejectionCodes.OtherMunicipality, (await Send(Kela, kind, line)).Why?.Code);
            await Accepted(Kela, kind, line.Replace(Tampere, Oulu, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Lines_of_a_client_who_was_merged_reach_the_survivor_once()
    {
        await Accepted(Kela, ImportKind.Clients, Person("K", Tampere));
        var duplicate = GrainName.Client(Keys.ClientOf(Keys.ExternalId("kela", "K")));
        await Accepted(Kela, ImportKind.KelaNotifications, Notice("K", Tampere));
        await Silo.Grains.Execute(Maija, Ask(Register, on: new DateOnly(2018, 1, 1)));
        await Ended(duplicate);

        Assert.Equal(
            LineStatus.Duplicate, (await Send(Kela, ImportKind.KelaNotifications, Notice("K", Tampere))).Status);
        var line = Month("K").Replace("\"month\"", "\"occurredOn\":\"2018-04-02\",\"month\"");
        await Accepted(Kela, ImportKind.BenefitMonths, line);
        Assert.Equal(LineStatus.Duplicate, (await Send(Kela, ImportKind.BenefitMonths, line)).Status);
        await Accepted(
            OfTampere, ImportKind.TePeriods,
            Period("K", null).Replace("\"externalId\"", $"\"clientId\":\"{Maija.Key}\",\"externalId\""));
        var survivor = (await Silo.Grains.Read<ClientState>(Maija, ReadAs(Worker))).State!;
        Assert.Equal(
            (1, 1, 1),
            (survivor.Referrals.Count, survivor.BenefitMonths.Count, survivor.EmploymentServicePeriods.Count));
    }

    [Fact]
    public async Task A_line_of_a_client_whose_merge_is_under_way_goes_to_neither_until_it_is_decided()
    {
        await Accepted(Kela, ImportKind.Clients, Person("K", Tampere));
        var duplicate = GrainName.Client(Keys.ClientOf(Keys.ExternalId("kela", "K")));
        await Silo.Grains.Execute(Maija, Ask(Register));
        await Silo.Grains.Execute(duplicate, Ask(new RetireDuplicate("m1", Maija.Key, 1)));

        var sent = Send(Kela, ImportKind.BenefitMonths, Month("K"));
        Assert.False(sent.IsCompleted);
        await Silo.Grains.Execute(duplicate, Ask(new UndoMerge("m1", Maija.Key, MergeRefusal.ClientErased, 1)));
        Assert.Null((await sent).Why);
        Assert.Single((await ClientOf(Keys.ExternalId("kela", "K"))).BenefitMonths);
        Assert.Empty((await Silo.Grains.Read<ClientState>(Maija, ReadAs(Worker))).State!.BenefitMonths);
    }

    private async Task Ended(GrainName duplicate)
    {
        var municipality = GrainName.Municipality(Tampere);
        await Silo.Grains.Execute(municipality, Ask(new RegisterMunicipality("Tampere")));
        using var watch = Silo.Signals.Watch(SignalKind.Caseload, [Tampere]);
        await Silo.Grains.Execute(municipality, Ask(new MergeDuplicate(
            "m1", Maija.Key, duplicate.Key, MergeGrounds.ConfirmedByClient)));
        while (Silo.Caseloads.MunicipalityOf(Tampere)?.Merges is not [{ Outcome: MergeOutcome.Merged }])
        {
            await watch.Next(Patience.Late);
        }
    }
}
