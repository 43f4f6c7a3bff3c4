namespace OsstOrleans.EndToEnd.Tests.Access;

/// <summary>How each field is asked, with names in braces for what a test has made.</summary>
internal static class Questions
{
    /// <summary>How each query is asked; a query that stands nowhere fails.</summary>
    public static Dictionary<string, string> Queries { get; } = new()
    {
        ["me"] = "me { role }",
        ["node"] = "node(id: \"{global}\") { id }",
        ["nodes"] = "nodes(ids: [\"{global}\"]) { id }",
        ["client"] = "client(id: \"{client}\") { clientId }",
        ["municipality"] = "municipality(code: \"680\") { name }",
        ["municipalities"] = "municipalities { name }",
        ["dropInCentre"] = "dropInCentre(id: \"{centre}\") { name }",
        ["programme"] = "programme { name }",
        ["programmes"] = "programmes { name }",
        ["caseload"] = "caseload(municipality: \"680\") { totalCount }",
        ["findClients"] = "findClients(register: \"680\", by: { name: \"nowhere\" }) { othersExist }",
        ["clientByExternalId"] = "clientByExternalId(source: \"registry\", id: \"{client}\") { clientId }",
        ["worklists"] = "worklists(municipality: \"680\") { lists { count } }",
        ["duplicateCandidates"] = "duplicateCandidates(municipality: \"680\") { entries { clientId } }",
        ["duplicateMerges"] = "duplicateMerges(municipality: \"680\") { mergeId }",
        ["unregisteredWorkers"] = "unregisteredWorkers(municipality: \"680\") { workerId }",
        ["accessAudit"] = "accessAudit(register: \"680\", from: \"2018-01-01\", first: 1) { nodes { kind } }",
        ["unusualUse"] = "unusualUse(register: \"680\") { found { kind } }",
        ["logReport"] = "logReport(register: \"680\", client: \"{client}\", from: \"2019-02-01\", to: \"2019-03-01\") "
            + "{ uses { nodes { at } } disclosures { nodes { at } } }",
        ["restrictions"] = "restrictions(register: \"680\") { clientId }",
        ["logSubjects"] = "logSubjects(register: \"680\", identityCode: \"T-nowhere\") { clientId }",
        ["logRequests"] = "logRequests(register: \"680\") { clientId }",
        ["registerRights"] = "registerRights(municipality: \"680\") { subject }",
        ["retentionDue"] = "retentionDue(municipality: \"680\") { nodes { clientId } }",
        ["openingsToReview"] = "openingsToReview(municipality: \"680\") { clientId }",
        ["caseloadHandOvers"] = "caseloadHandOvers(municipality: \"680\") { handOverId }",
        ["caseloadMetrics"] = "caseloadMetrics { clients }",
        ["caseloadTable"] = "caseloadTable(by: [STATUS]) { cells { figure { value } } }",
        ["caseloadTrend"] =
            "caseloadTrend(measures: [OPEN], from: \"2018-01\", to: \"2018-02\") { periods { from } }",
        ["referralFunnel"] = "referralFunnel(arm: OSST_AND_EMPLOYMENT) { withheld }",
        ["dropInMetrics"] = "dropInMetrics { visits }",
        ["avainOutcomes"] = "avainOutcomes { withheld }",
        ["benefitOutcomes"] = "benefitOutcomes { __typename }",
        ["evaluation"] = "evaluation { __typename }",
        ["workTotals"] = "workTotals { __typename }",
        ["errorCodes"] = "errorCodes { code }",
        ["codeSystems"] = "codeSystems { __typename }",
        ["receiver"] = "receiver(id: \"{receiver}\") { name }",
        ["receivers"] = "receivers { name }",
        ["Client.history"] = "client(id: \"{client}\") { history { version } }",
        ["Client.timeline"] = "client(id: \"{client}\") { timeline { totalCount } }",
        ["Client.accessLog"] = "client(id: \"{client}\") { accessLog { nodes { at } } }",
        ["Client.disclosureLog"] = "client(id: \"{client}\") { disclosureLog { nodes { at } } }",
    };

    public static Dictionary<string, string> Subscriptions { get; } = new()
    {
        ["caseloadMetrics"] = "caseloadMetrics { clients }",
        ["caseloadTrend"] = "caseloadTrend(measures: [OPEN]) { periods { from } }",
        ["worklistsChanged"] = "worklistsChanged(municipality: \"680\") { lists { count } }",
        ["clientChanged"] = "clientChanged(id: \"{client}\") { lastName }",
        ["visitsRecorded"] = "visitsRecorded { name }",
    };

    /// <summary>How mutations are asked that take no version.</summary>
    public static Dictionary<string, string> Mutations { get; } = new()
    {
        ["importKelaNotifications"] = Import("Kela"),
        ["importBenefitMonths"] = Import("BenefitMonths"),
        ["importTePeriods"] = Import("TePeriods"),
        ["importVisits"] = Import("Visits"),
        ["importClients"] = Import("Clients"),
        ["importRegisterPanel"] = Import("RegisterPanel"),
        ["importContacts"] = Import("Contacts"),
        ["importMeetings"] = Import("Meetings"),
        ["importAttendedMeetings"] = Import("AttendedMeetings"),
        ["importMissedMeetings"] = Import("MissedMeetings"),
        ["importCancelledMeetings"] = Import("CancelledMeetings"),
        ["importAssessmentStarts"] = Import("AssessmentStarts"),
        ["importAssessments"] = Import("Assessments"),
        ["importPlans"] = Import("Plans"),
        ["importReviews"] = Import("Reviews"),
        ["importClosings"] = Import("Closings"),
        ["importEmployment"] = Import("Employment"),
        ["importActivities"] = Import("Activities"),
        ["importCentreActivities"] = Import("CentreActivities"),
        ["importStaff"] = Import("Staff"),
        ["importRights"] = Import("Rights"),
        ["linkExternalId"] = "source: \"registry\", externalId: \"{client}\", clientId: \"{client}\"",
        ["replayDeliveries"] = "receiverId: \"{receiver}\", after: 0",
        ["resendDeadLetters"] = "receiverId: \"{receiver}\", positions: [1]",
        ["recordRegisterCoverage"] = Coverage,
        ["withdrawRegisterCoverage"] = Coverage,
        // The officer may not ask by a version; none of these requests is there, and a name of none is no identifier.
        ["requestLogReport"] = "clientId: \"{client}\", requestId: \"\"",
        ["giveLogReport"] = "clientId: \"{client}\", requestId: \"none\"",
        ["refuseLogReport"] = "clientId: \"{client}\", requestId: \"none\", grounds: \"none\"",
        ["withdrawLogRequest"] = "clientId: \"{client}\", requestId: \"none\"",
    };

    /// <summary>Of a source for which the tokens of this server speak.</summary>
    private const string Coverage =
        "municipality: \"680\", source: \"registry\", from: \"2018-01\", through: \"2018-02\", ifVersion: -1";

    private static string Import(string kind) =>
        $"source: \"registry\", dryRun: true, idempotencyKey: \"{kind}\", lines: []";
}
