namespace OsstOrleans.Grains.Calls;

/// <summary>
/// Why client data is used (käyttötarkoitus), for the use log. Act 703/2023 10 § asks for a purpose and gives no list:
/// the codes are the platform's own.
/// </summary>
public static class Purposes
{
    /// <summary>Asiakastyö: to give the client a service, and to plan, record and review it.</summary>
    public const string ClientWork = "client-work";

    /// <summary>Johtaminen: to see to the work of one's own register (552/2019 41 §).</summary>
    public const string Management = "management";

    /// <summary>Omavalvonta: a complaint, an incident, a review of quality (decree 457/2024 24 §).</summary>
    public const string Supervision = "supervision";

    /// <summary>Lokitietopyyntö: to answer a client who asks who used the data (703/2023 11 §).</summary>
    public const string LogRequest = "log-request";

    /// <summary>Ylläpito: an operator's verb reads, copies or compares what a store holds. No request says it.
    /// </summary>
    public const string Upkeep = "upkeep";

    private static readonly string[] s_work = [ClientWork];
    private static readonly string[] s_dataProtection = [Supervision, LogRequest];
    private static readonly string[] s_coordination = [ClientWork, Management, Supervision, LogRequest];

    /// <summary>The purposes that a role may say; none for roles that read no client.</summary>
    public static IReadOnlyList<string> Of(Role role) => role switch
    {
        Role.SocialWorker or Role.Counsellor => s_work,
        Role.Coordinator => s_coordination,
        Role.DataProtection => s_dataProtection,
        _ => [],
    };
}
