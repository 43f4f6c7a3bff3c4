using System.Text;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.ExternalId;
using OsstOrleans.Silo.Import;
using OsstOrleans.Silo.Storage;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Import;

/// <summary>Whom a line reaches, and what is left of one that is refused.</summary>
public sealed class LineImportTests : LinePlace
{
    public static TheoryData<ImportKind, string, string> Refused => new()
    {
        { ImportKind.KelaNotifications, Notice("NEW", Oulu, urgency: 10), "OUT_OF_RANGE" },
        { ImportKind.KelaNotifications, Notice("NEW", "5640"), "MUNICIPALITY_CODE_INVALID" },
        { ImportKind.KelaNotifications, Notice("KNOWN", Oulu), "OTHER_MUNICIPALITY" },
        { ImportKind.Clients, Person("NEW", Oulu, birthYear: 1700), "OUT_OF_RANGE" },
        { ImportKind.Clients, Person("KNOWN", "5640", day: "2018-03-01"), "MUNICIPALITY_CODE_INVALID" },
        { ImportKind.Clients, Person("1,23E+11", Oulu), "EXTERNAL_ID_ROUNDED" },
        { ImportKind.BenefitMonths, Month("NEW"), "EXTERNAL_ID_UNKNOWN" },
        { ImportKind.BenefitMonths, Month("KNOWN", month: "2018-13"), "MONTH_INVALID" },
        {
            ImportKind.BenefitMonths,
            """{"externalId":"NEW","clientId":"maija","month":"2018-01","amountCents":1,"reductionPercent":0}""",
            "EXTERNAL_ID_NOT_LINKED"
        },
        { ImportKind.TePeriods, """{"externalId":"NEW","standing":"UNEMPLOYED","startsOn":"2018-01-01"}""",
            "EXTERNAL_ID_UNKNOWN" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    [Trait("case", "02")]
    public async Task A_line_that_is_refused_leaves_neither_event_nor_link_nor_key(
        ImportKind kind, string line, string code)
    {
        await Accepted(Kela, ImportKind.Clients, Person("KNOWN", Tampere));
        await Silo.Grains.Execute(Maija, Ask(Register));
        var before = Silo.Store.LastPosition;
        Assert.Equal(code, (await Send(Kela, kind, line)).Why?.Code);
        Assert.Equal(before, Silo.Store.LastPosition);
        Assert.Equal(LineStatus.Accepted, (await Send(Kela, ImportKind.Clients, Person("NEW", Oulu))).Status);
    }

    /// <summary>The next night's register must not bring back who was erased; a new referral is a new matter.</summary>
    [Fact]
    public async Task A_person_who_was_erased_begins_anew_by_a_referral_alone_and_nothing_leads_back()
    {
        await Accepted(Kela, ImportKind.Clients, Person("K", Tampere));
        var former = GrainName.Client(Keys.ClientOf(Keys.ExternalId("kela", "K")));
        await Send(former, new EraseClient(ErasureReason.Ordered));
        Assert.Equal("CLIENT_ERASED", (await Send(Kela, ImportKind.Clients, Person("K", Tampere, "Niemi"))).Why?.Code);
        Assert.Equal("EXTERNAL_ID_UNKNOWN", (await Send(Kela, ImportKind.BenefitMonths, Month("K"))).Why?.Code);

        await Accepted(Kela, ImportKind.KelaNotifications, Notice("K", Tampere));
        await Accepted(Kela, ImportKind.BenefitMonths, Month("K"));
        Assert.Equal(
            LineStatus.Duplicate, (await Send(Kela, ImportKind.KelaNotifications, Notice("K", Tampere))).Status);
        var anew = (await Silo.Grains.Read<ClientState>(
            GrainName.Client(Keys.After(former.Key)),
            new ReadRequest(new Caller(Role.Coordinator, "t", Reach.All, Purposes.ClientWork)))).State!;
        Assert.Equal((1, 1), (anew.Referrals.Count, anew.BenefitMonths.Count));
    }

    [Fact]
    [Trait("case", "02")]
    public async Task A_name_and_a_municipality_change_together_or_not_at_all()
    {
        await Accepted(Kela, ImportKind.Clients, Person("K", Tampere, day: "2018-02-01"));
        await Accepted(Kela, ImportKind.Clients, Person("K", Oulu, "Meri", day: "2018-05-01"));
        var refused = await Send(Kela, ImportKind.Clients, Person("K", Tampere, "Lahtinen", day: "2018-04-01"));
        Assert.Equal(LineStatus.Superseded, refused.Status);
        var client = await ClientOf(Keys.ExternalId("kela", "K"));
        Assert.Equal((Oulu, "Meri"), (client.Municipality, client.Registered!.LastName.Reveal()));
    }

    [Fact]
    public async Task An_identifier_claimed_in_one_register_leads_no_other_register_s_line_there()
    {
        await Accepted(OfTampere, ImportKind.Clients, Person("VICTIM", Tampere, "Attacker"));
        await Accepted(Kela, ImportKind.KelaNotifications, Notice("VICTIM", Oulu));
        Assert.Equal(Oulu, (await ClientOf(Keys.ExternalId("kela", "VICTIM"))).Municipality);
        var claimed = await ClientOf(Keys.ExternalId("kela", "VICTIM", Tampere));
        Assert.Equal((Tampere, 0), (claimed.Municipality, claimed.Referrals.Count));
    }

    [Theory]
    [InlineData(ImportKind.BenefitMonths)]
    [InlineData(ImportKind.TePeriods)]
    [InlineData(ImportKind.KelaNotifications)]
    public async Task Another_register_s_identifier_is_answered_as_one_that_means_nobody(ImportKind kind)
    {
        await Accepted(Kela, ImportKind.Clients, Person("KNOWN", Oulu));
        var line = kind switch
        {
            ImportKind.BenefitMonths => Month("ID"),
            ImportKind.TePeriods => """{"externalId":"ID","standing":"UNEMPLOYED","startsOn":"2018-01-01"}""",
            _ => Notice("ID", null),
        };
        foreach (var grains in (IGrainCalls[])[new Rehearsal(Silo.Services), Silo.Grains])
        {
            var ofOther = await Send(OfTampere, kind, line.Replace("ID", "KNOWN"), grains);
            Assert.Equal(await Send(OfTampere, kind, line.Replace("ID", "NOBODY"), grains), ofOther);
            Assert.Equal(ImportCodes.ExternalIdUnknown, ofOther.Why?.Code);
        }
    }

    [Fact]
    public async Task A_dry_run_that_is_refused_a_client_leaves_a_line_like_any_other()
    {
        await Accepted(Kela, ImportKind.Clients, Person("K", Oulu));
        var client = Keys.ClientOf(Keys.ExternalId("kela", "K"));
        var line = Month("X").Replace("\"externalId\":\"X\"", $"\"clientId\":\"{client}\"", StringComparison.Ordinal);
        var refused = await Send(OfTampere, ImportKind.BenefitMonths, line, new Rehearsal(Silo.Services));
        Assert.Equal((RejectionCodes.NotRegistered, "clientId"), (refused.Why?.Code, refused.Why?.Field));
        var nowhere = await Send(
            OfTampere, ImportKind.BenefitMonths, line.Replace(client, "nowhere", StringComparison.Ordinal),
            new Rehearsal(Silo.Services));
        Assert.Equal(refused, nowhere);
        var slice = new ClientLogSlice(GrainName.Client(client), Reach.All, DateTimeOffset.MinValue, null, 10);
        var denied = Assert.Single(await ((IClientLogs)Silo.Store).Accesses(slice));
        Assert.Contains("kela-837", denied.Line.Actor, StringComparison.Ordinal);
    }

    /// <summary>One that is neither would go to no grain; one about a client needs a sender of its source.</summary>
    [Fact]
    public void Each_kind_of_line_names_a_client_or_a_grain()
    {
        foreach (var kind in ImportKinds.All)
        {
            var line = ImportKinds.LineOf(kind);
            Assert.NotEqual(line.IsAssignableTo(typeof(IClientLine)), line.IsAssignableTo(typeof(IGrainLine)));
            Assert.Equal(line.IsAssignableTo(typeof(IClientLine)), ImportKinds.NamesClients(kind));
        }
        Assert.Equal(
            [
                ImportKind.Visits, ImportKind.RegisterPanel, ImportKind.Activities, ImportKind.CentreActivities,
                ImportKind.Staff, ImportKind.Rights,
            ],
            ImportKinds.All.Where(kind => !ImportKinds.NamesClients(kind)));
    }

    /// <summary>
    /// The identity of a line is a hash of this form: a file that is sent again after an upgrade is known by it.
    /// </summary>
    [Fact]
    public void The_form_by_which_a_line_is_known_again_is_the_same_in_every_version() =>
        Golden.MayOnlyGrow("import-line-forms.txt", new (ImportKind Kind, string Line)[]
        {
            (ImportKind.Clients, Person("K", Tampere)),
            (ImportKind.KelaNotifications, Notice("K", Tampere)),
            (ImportKind.BenefitMonths, Month("K")),
            (ImportKind.TePeriods, """{"externalId":"K","standing":"UNEMPLOYED","startsOn":"2018-01-01"}"""),
            (ImportKind.Visits, """{"dropInCentreId":"c","occurredOn":"2018-03-01","visits":7}"""),
            (ImportKind.RegisterPanel,
                """{"municipality":"837","month":"2018-03","measure":"ON_ASSISTANCE","value":7}"""),
        }.Select(one => $"{ImportKinds.NameOf(one.Kind)} "
            + Encoding.UTF8.GetString(
                LineJson.Write(LineJson.Read(one.Kind, Encoding.UTF8.GetBytes(one.Line)).Line!))));

    [Fact]
    public async Task A_register_s_sender_finds_who_was_registered_for_it_by_a_sender_for_all()
    {
        await Accepted(Kela, ImportKind.Clients, Person("K", Tampere));
        await Accepted(OfTampere, ImportKind.BenefitMonths, Month("K"));
        Assert.Single((await ClientOf(Keys.ExternalId("kela", "K"))).BenefitMonths);
    }

    [Fact]
    public async Task A_client_who_is_linked_is_found_by_the_register_s_lines()
    {
        await Silo.Grains.Execute(Maija, Ask(Register));
        var linked = await Silo.Grains.Execute(
            Keys.ExternalId("kela", "M-1", Tampere), new LinkExternalId("maija"),
            new Envelope(Guid.NewGuid(), In(Role.Coordinator, Tampere)));
        Assert.Equal(ReplyKind.Accepted, linked.Kind);
        await Accepted(OfTampere, ImportKind.BenefitMonths, Month("M-1"));
        var state = await Silo.Grains.Read<ClientState>(Maija, ReadAs(Worker));
        Assert.Single(state.State!.BenefitMonths);
    }

    [Fact]
    public async Task A_line_of_another_register_s_sender_is_not_recognised_by_whom_it_was_not_sent()
    {
        await Accepted(Kela, ImportKind.Clients, Person("KNOWN", Oulu));
        var line = Month("KNOWN").Replace("\"month\"", "\"occurredOn\":\"2018-04-02\",\"month\"");
        await Accepted(Kela, ImportKind.BenefitMonths, line);
        Assert.Equal(LineStatus.Duplicate, (await Send(Kela, ImportKind.BenefitMonths, line)).Status);
        Assert.Equal(
            ImportCodes.ExternalIdUnknown, (await Send(OfTampere, ImportKind.BenefitMonths, line)).Why?.Code);
    }

    [Fact]
    public async Task A_link_that_a_register_s_sender_made_for_all_leads_no_other_sender_s_line_there()
    {
        await Silo.Grains.Execute(Maija, Ask(Register));
        await Silo.Grains.Execute(
            Keys.ExternalId("kela", "VICTIM"), new LinkExternalId("maija"),
            new Envelope(Guid.NewGuid(), In(Role.Coordinator, Tampere)));
        Assert.Equal(
            ImportCodes.ExternalIdUnknown, (await Send(Kela, ImportKind.BenefitMonths, Month("VICTIM"))).Why?.Code);
        await Accepted(OfTampere, ImportKind.BenefitMonths, Month("VICTIM"));
    }

    [Fact]
    public async Task A_notification_goes_to_the_register_that_it_names_when_another_one_knows_the_identifier_too()
    {
        await Accepted(OfTampere, ImportKind.Clients, Person("K", Tampere));
        await Accepted(Kela, ImportKind.Clients, Person("K", Oulu));
        await Accepted(Kela, ImportKind.KelaNotifications, Notice("K", Tampere));
        Assert.Single((await ClientOf(Keys.ExternalId("kela", "K", Tampere))).Referrals);
    }

    [Fact]
    public async Task A_line_for_two_registers_that_names_none_means_one_client_or_is_refused()
    {
        var ofBoth = new Caller(Role.Integration, "kela-county", Reach.Of(Tampere, Oulu));
        await Accepted(OfTampere, ImportKind.Clients, Person("K", Tampere));
        await Accepted(ofBoth, ImportKind.BenefitMonths, Month("K"));
        Assert.Single((await ClientOf(Keys.ExternalId("kela", "K", Tampere))).BenefitMonths);
        await Accepted(ofBoth, ImportKind.Clients, Person("K", Oulu));
        foreach (var grains in (IGrainCalls[])[new Rehearsal(Silo.Services), Silo.Grains])
        {
            var refused = await Send(ofBoth, ImportKind.BenefitMonths, Month("K", month: "2018-02"), grains);
            Assert.Equal(ImportCodes.ExternalIdAmbiguous, refused.Why?.Code);
        }
        await Accepted(ofBoth, ImportKind.KelaNotifications, Notice("K", Oulu));
        Assert.Single((await ClientOf(Keys.ExternalId("kela", "K", Oulu))).Referrals);
    }

    [Fact]
    public async Task A_sender_links_nobody() => Assert.Equal(
        ReplyKind.Forbidden, (await Silo.Grains.Execute(
            Keys.ExternalId("kela", "M-1", Tampere), new LinkExternalId("maija"),
            new Envelope(Guid.NewGuid(), OfTampere))).Kind);
}
