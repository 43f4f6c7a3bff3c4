using System.Text;
using System.Text.Json.Nodes;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.DropInCentre;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo.Import;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Import;

/// <summary>What workers recorded in the register's own system comes as lines: a whole case, refusals.</summary>
public sealed class RecordLineTests : LinePlace
{
    private static readonly Caller Records = new(Role.RecordSystem, "records-837", Reach.Of(Tampere));

    private static readonly GrainName Register = GrainName.Municipality(Tampere);

    private static readonly DateOnly s_first = new(2018, 1, 1);

    private static readonly string s_goal = $$"""{"system":"{{Cases.Goal.System}}","code":"{{Cases.Goal.Code}}"}""";

    private static readonly string s_method = $$"""{"system":"{{Method.System}}","code":"{{Method.Code}}"}""";

    private const string Call = """ "entryId":"ID","channel":"PHONE","reached":false,"note":"Ei vastausta" """;

    /// <summary>A case from the first call to the closing, with two calls of one day.</summary>
    private static readonly (ImportKind Kind, string Line)[] s_case =
    [
        (ImportKind.Contacts, Of("2018-03-01", Call.Replace("ID", "C 1"))),
        (ImportKind.Contacts, Of("2018-03-01", Call.Replace("ID", "C 2"))),
        (ImportKind.Meetings, Of("2018-03-02", """ "meetingId":"2018/7","meetingOn":"2018-03-09" """)),
        (ImportKind.Meetings, Of("2018-03-02", """ "meetingId":"m2","meetingOn":"2018-03-10","setting":"REMOTE" """)),
        (ImportKind.Meetings, Of("2018-03-02", """ "meetingId":"m3","meetingOn":"2018-03-20" """)),
        (ImportKind.AttendedMeetings, Of("2018-03-09", """ "meetingId":"2018/7","agreedMatters":"Sovittu" """)),
        (ImportKind.MissedMeetings, Of("2018-03-10", """ "meetingId":"m2" """)),
        (ImportKind.CancelledMeetings, Of("2018-03-19", """ "meetingId":"m3","cause":"CLIENT" """)),
        (ImportKind.AssessmentStarts, Of("2018-03-09", "")),
        (ImportKind.Assessments, Of("2018-03-20", """ "clientship":true """)),
        (ImportKind.Plans, Of("2018-04-01", $$"""
            "planId":"S/1","filledWithClient":true,"authors":["w1"],
            "goals":[{"code":{{s_goal}},"scale":"CHANGE_FOR_BETTER"}]
            """)),
        (ImportKind.Reviews, Of("2018-09-01", $$"""
            "planId":"S/1","filledWithClient":true,"authors":["w1"],"clientsView":"Hyvin","workersAssessment":"Hyvin",
            "attainments":[{"goal":{{s_goal}},"attainment":"PARTLY"}]
            """)),
        (ImportKind.Employment, Of("2018-10-01", """ "kind":"STUDY","startsOn":"2018-09-15" """)),
        (ImportKind.Closings, Of("2018-12-01", """ "reason":"WORK_OR_STUDY" """)),
    ];

    [Fact]
    public async Task A_whole_case_of_a_record_system_is_taken_once_however_often_it_is_sent()
    {
        await Accepted(Records, ImportKind.Clients, Person("K", Tampere));
        foreach (var (kind, line) in s_case)
        {
            await Accepted(Records, kind, line);
        }
        var position = Silo.Store.LastPosition;
        foreach (var (kind, line) in s_case)
        {
            Assert.Equal((kind, LineStatus.Duplicate), (kind, (await Send(Records, kind, line)).Status));
        }
        Assert.Equal(position, Silo.Store.LastPosition);
        var client = await ClientOf(Keys.ExternalId("kela", "K", Tampere));
        Assert.Equal(2, client.Contacts.PhoneCalls);
        Assert.Equal(
            [MeetingStatus.Attended, MeetingStatus.Missed, MeetingStatus.Cancelled],
            client.Meetings.OrderBy(meeting => meeting.Booked.MeetingOn).Select(meeting => meeting.Status));
        var plan = Assert.Single(client.Plans);
        Assert.Equal(Attainment.Partly, Assert.Single(Assert.Single(plan.Reviews).Reviewed.Attainments).Attainment);
        Assert.Equal(EmploymentKind.Study, Assert.Single(client.EmploymentOutcomes).Kind);
        Assert.Equal(ClosingReason.WorkOrStudy, client.Closed?.Reason);
    }

    [Fact]
    public async Task A_dry_run_of_a_whole_case_decides_each_line_and_stores_nothing()
    {
        await Accepted(Records, ImportKind.Clients, Person("K", Tampere));
        var (position, rehearsal) = (Silo.Store.LastPosition, new Rehearsal(Silo.Services));
        foreach (var (kind, line) in s_case)
        {
            Assert.Equal((kind, null), (kind, (await Send(Records, kind, line, rehearsal)).Why?.Code));
        }
        Assert.Equal(position, Silo.Store.LastPosition);
    }

    [Fact]
    public async Task An_entry_is_known_by_its_identifier_whatever_else_the_line_says_by_then()
    {
        await Accepted(Records, ImportKind.Clients, Person("K", Tampere));
        await Accepted(Records, ImportKind.Contacts, s_case[0].Line);
        var changed = s_case[0].Line.Replace("Ei vastausta", "Vastasi", StringComparison.Ordinal);
        Assert.Equal(LineStatus.Duplicate, (await Send(Records, ImportKind.Contacts, changed)).Status);
        Assert.Equal(1, (await ClientOf(Keys.ExternalId("kela", "K", Tampere))).Contacts.PhoneCalls);
    }

    [Fact]
    public async Task Work_beyond_the_office_is_taken_of_municipalities_and_centres()
    {
        await Silo.Grains.Execute(Register, Ask(new RegisterMunicipality("Tampere"), on: s_first));
        var centre = GrainName.DropInCentre("tupa");
        await Silo.Grains.Execute(centre, Ask(
            new RegisterDropInCentre(Tampere, "Tupa") { OpeningDays = Enum.GetValues<Weekday>() }, on: s_first));
        var work = $$"""
            "entryId":"A1","method":{{s_method}},"minutes":90,"participants":12,"occurredOn":"2018-05-02"}
            """;
        foreach (var (kind, line) in ((ImportKind, string)[])
            [
                (ImportKind.Activities, $"{{\"municipality\":\"{Tampere}\",{work}"),
                (ImportKind.CentreActivities, $"{{\"dropInCentreId\":\"tupa\",{work}"),
            ])
        {
            await Accepted(Records, kind, line);
            Assert.Equal(LineStatus.Duplicate, (await Send(Records, kind, line)).Status);
            await Accepted(Records, kind, line.Replace("A1", "A2", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_coordinator_enters_staff_and_grants_rights_by_lines_and_a_record_system_does_not()
    {
        await Silo.Grains.Execute(Register, Ask(new RegisterMunicipality("Tampere"), on: s_first));
        var staff = $$"""{"municipality":"{{Tampere}}","workerId":"w7","teamIds":["t1"],"handlesIntake":true}""";
        var right = $$"""
            {"municipality":"{{Tampere}}","subject":"idp:w7","role":"SOCIAL_WORKER","from":"2019-05-02"}
            """;
        Assert.Equal(ImportCodes.NotAllowed, (await Send(Records, ImportKind.Staff, staff)).Why?.Code);
        Assert.Equal(ImportCodes.NotAllowed, (await Send(Records, ImportKind.Rights, right)).Why?.Code);
        await Accepted(Worker, ImportKind.Staff, staff);
        Assert.Equal(
            (RejectionCodes.RightsNotKept, "municipality"),
            (await Send(Worker, ImportKind.Rights, right)).Why is var why ? (why?.Code, why?.Field) : default);
        await Silo.Grains.Execute(Register, Ask(
            new GrantFirstRight($"s-{Tampere}"), In(Role.Operator, null)));
        await Accepted(Worker, ImportKind.Rights, right);
        var state = (await Silo.Grains.Read<MunicipalityState>(Register, ReadAs(Worker))).State!;
        Assert.True(Assert.Single(state.Staff).HandlesIntake);
        Assert.Contains(state.Rights, granted => granted.Subject == "idp:w7");
    }

    public static TheoryData<ImportKind, string, string, string> Refused => new()
    {
        { ImportKind.Contacts, Of("2018-03-01", """ "channel":"PHONE","reached":true """),
            "FIELD_REQUIRED", "entryId" },
        { ImportKind.Contacts, Of("2018-03-01", """ "entryId":"1","reached":true """), "FIELD_REQUIRED", "channel" },
        { ImportKind.Contacts, Of("2018-03-01", """ "entryId":"1","channel":"Aino" """),
            "FIELD_UNREADABLE", "channel" },
        { ImportKind.Contacts,
            Of("2018-03-01", """ "entryId":"1","channel":"PHONE","reached":true,"referralId":"x" """),
            "REFERRAL_UNKNOWN", "referralId" },
        { ImportKind.Contacts, Of("2018-01-01", """ "entryId":"1","channel":"PHONE","reached":true """),
            "BEFORE_REGISTRATION", "occurredOn" },
        { ImportKind.Meetings, Of("2018-03-02", """ "meetingId":"m","meetingOn":"2018-03-09","workerId":"w1" """),
            "FIELD_UNKNOWN", "line" },
        { ImportKind.AttendedMeetings, Of("2018-03-02", """ "meetingId":"none" """),
            "MEETING_NOT_BOOKED", "meetingId" },
        { ImportKind.Assessments, Of("2018-03-02", """ "clientship":true,"needs":[null] """),
            "FIELD_UNREADABLE", "needs" },
        { ImportKind.Assessments, Of("2018-03-02", """ "clientship":true,"needs":[{"Aino":1}] """),
            "FIELD_UNKNOWN", "needs[0]" },
        { ImportKind.Assessments,
            Of("2018-03-02", """ "clientship":true,"needs":[{"need":{"system":"x","code":"y"},"duration":"Aino"}] """),
            "FIELD_UNREADABLE", "needs[0].duration" },
        { ImportKind.Assessments,
            Of("2018-03-02", """ "clientship":true,"needs":[{"need":{"system":"x"},"duration":"REPEATED"}] """),
            "UNKNOWN_CODE", "needs[0].need" },
        { ImportKind.Plans, Of("2018-03-02", """ "planId":"p","filledWithClient":true,"authors":["w1"] """),
            "FIELD_REQUIRED", "goals" },
        { ImportKind.Closings, Of("2018-03-02", """ "reason":"DIED","entryId":"a\nb" """), "ID_INVALID", "entryId" },
        { ImportKind.Activities, """{"entryId":"1","minutes":1,"participants":1}""", "FIELD_REQUIRED", "municipality" },
        { ImportKind.CentreActivities, """{"entryId":"1","dropInCentreId":"A B"}""", "ID_INVALID", "dropInCentreId" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_line_that_is_refused_says_which_field_and_leaves_nothing(
        ImportKind kind, string line, string code, string field)
    {
        await Accepted(Records, ImportKind.Clients, Person("K", Tampere));
        var before = Silo.Store.LastPosition;
        var why = (await Send(Records, kind, line)).Why;
        Assert.Equal((code, field), (why?.Code, why?.Field));
        Assert.DoesNotContain("Aino", why!.Message, StringComparison.Ordinal);
        Assert.Equal(before, Silo.Store.LastPosition);
    }

    [Fact]
    public async Task A_record_system_reaches_no_client_of_another_register_and_does_not_learn_whether_there_is_one()
    {
        await Accepted(Kela, ImportKind.Clients, Person("K", Oulu));
        var theirs = Keys.ClientOf(Keys.ExternalId("kela", "K"));
        foreach (var (kind, line) in s_case)
        {
            foreach (var named in (string[])[line, Moved(line, "municipality", Oulu)])
            {
                var known = await Send(Records, kind, named);
                Assert.Equal(known, await Send(Records, kind, Moved(named, "externalId", "NOBODY")));
                Assert.Equal(ImportCodes.ExternalIdUnknown, known.Why?.Code);
            }
            var byId = Moved(Moved(line, "externalId", null), "clientId", theirs);
            var answer = await Send(Records, kind, byId);
            Assert.Equal(answer, await Send(Records, kind, Moved(byId, "clientId", "nobody")));
            Assert.Equal(RejectionCodes.NotRegistered, answer.Why?.Code);
        }
        var read = await Silo.Grains.Read<ClientState>(GrainName.Client(theirs), new ReadRequest(
            Records with { Reach = Reach.Of(Oulu) }));
        Assert.Equal(ReadResult.Forbidden, read.Result);
    }

    [Fact]
    public async Task A_line_that_names_another_municipality_than_the_client_s_is_refused_by_that_field()
    {
        var county = Records with { Reach = Reach.Of(Tampere, Oulu) };
        await Accepted(county, ImportKind.Clients, Person("K", Tampere));
        var client = Keys.ClientOf(Keys.ExternalId("kela", "K", Tampere));
        var line = Moved(Moved(s_case[0].Line, "externalId", null), "clientId", client);
        var unnamed = await Send(county, ImportKind.Contacts, line);
        Assert.Equal(("FIELD_REQUIRED", "municipality"), (unnamed.Why?.Code, unnamed.Why?.Field));
        var other = await Send(county, ImportKind.Contacts, Moved(line, "municipality", Oulu));
        Assert.Equal(("OTHER_MUNICIPALITY", "municipality"), (other.Why?.Code, other.Why?.Field));
        await Accepted(county, ImportKind.Contacts, Moved(line, "municipality", Tampere));
    }

    /// <summary>A line is answered, whatever its fields hold; a list with a hole in it is refused.</summary>
    [Fact]
    public async Task A_line_is_answered_whatever_stands_in_its_fields()
    {
        await Accepted(Records, ImportKind.Clients, Person("K", Tampere));
        string[] odd = ["null", "{}", "[]", "[null]", "[{}]", "[[]]", "7", "true", "\"x\"", "{\"code\":null}"];
        foreach (var kind in ImportKinds.All.Where(kind => ImportKinds.CommandOf(kind) is not null))
        {
            var fields = LineJson.FieldsOf(kind);
            foreach (var (field, value) in fields.Keys.SelectMany(name => odd.Select(value => (name, value))))
            {
                var line = new JsonObject(
                    ImportKinds.NeededBy(kind).Select(name => KeyValuePair.Create(name, Sample(fields[name]))));
                if (fields.ContainsKey("externalId"))
                {
                    line["externalId"] = "K";
                }
                line[field] = JsonNode.Parse(value);
                var result = await Send(Records, kind, line.ToJsonString());
                Assert.True(
                    result.Why is { Field.Length: > 0 } || (result.Why is null && value is not ("[null]" or "[{}]")),
                    $"{kind} {line.ToJsonString()}");
            }
        }
    }

    private static JsonNode? Sample(Type type) =>
        type == typeof(bool) ? true
        : type == typeof(int) ? 1
        : type == typeof(DateOnly) ? "2018-03-01"
        : type == typeof(CodedValue) ? JsonNode.Parse(s_method)
        : type.IsEnum ? System.Text.Json.JsonNamingPolicy.SnakeCaseUpper.ConvertName(Enum.GetNames(type)[0])
        : "x";

    [Fact]
    public void The_form_by_which_lines_of_records_are_known_again_is_the_same_in_every_version() =>
        Golden.MayOnlyGrow("record-line-forms.txt", s_case.DistinctBy(one => one.Kind).Select(one =>
            $"{ImportKinds.NameOf(one.Kind)} " + Encoding.UTF8.GetString(
                LineJson.Write(LineJson.Read(one.Kind, Encoding.UTF8.GetBytes(one.Line)).Line!))));

    private static string Of(string day, string fields) =>
        $$"""{"externalId":"K","occurredOn":"{{day}}"{{(fields.Length == 0 ? "" : ",")}}{{fields}}}""";

    private static string Moved(string line, string field, string? value)
    {
        var json = JsonNode.Parse(line)!.AsObject();
        json.Remove(field);
        if (value is not null)
        {
            json[field] = value;
        }
        return json.ToJsonString();
    }
}
