using System.Text.Json.Serialization;

namespace OsstOrleans.Grains.Calls;

/// <summary>Who asks, as a verified token says.</summary>
public enum Role
{
    /// <summary>Sosiaalityöntekijä: broad client responsibility (role class 1 of decree 457/2024).</summary>
    SocialWorker = 1,

    /// <summary>Sosiaaliohjaaja, drop-in staff: implements services (role class 4 of decree 457/2024).</summary>
    Counsellor = 2,

    /// <summary>Koordinoiva sosiaalityöntekijä: runs a municipality's model and its centres.</summary>
    Coordinator = 3,

    /// <summary>THL, ministry: aggregates only, small cells suppressed.</summary>
    Researcher = 4,

    /// <summary>Another system (Kela, TE services): writes, reads no person.</summary>
    Integration = 5,

    /// <summary>Runs the service and the programme's frame: sees no client.</summary>
    Operator = 6,

    /// <summary>Tietosuojavastaava: reads who used and who got clients' data, and nothing else of a client.</summary>
    DataProtection = 7,

    /// <summary>A register's own client record system: writes what its workers recorded there, reads no person.
    /// </summary>
    RecordSystem = 8,
}

/// <summary>The caller of a command or a read. Staff and system ids only; never a client's data.</summary>
/// <param name="Reach">The municipalities for which the role is held.</param>
/// <param name="Purpose">
/// Why client data is used, for the use log (703/2023 10 §), see <see cref="Purposes"/>. Null when the request says
/// none: then no client is read.
/// </param>
public sealed record Caller(
    Role Role, string Subject, Reach Reach, string? Purpose = null)
{
    /// <summary>The municipalities for which the role is held; none where a message does not say.</summary>
    [JsonPropertyName("municipality")]
    public Reach Reach { get; init; } = Reach ?? Reach.None;

    /// <summary>The actor as stored with each event: <c>role/subject</c>.</summary>
    public string Actor { get; } = $"{RoleNames.NameOf(Role)}/{Subject}";

    /// <summary>
    /// The systems that the caller speaks for: by whose identifiers it may send lines. Known where a request comes in,
    /// and no part of what a grain is asked.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>
    /// Where the caller stands among the staff of the registers; null when nothing says. It is filled in on the way to
    /// a client's grain, and never taken from a request.
    /// </summary>
    public IReadOnlyList<Standing>? Standings { get; init; }

    /// <summary>True when the other is the same person with the same rights.</summary>
    public bool HasRightsOf(Caller other) => Role == other.Role && Subject == other.Subject
        && Reach.Equals(other.Reach) && Sources.SequenceEqual(other.Sources);

    /// <summary>True when the role is held for this municipality.</summary>
    public bool HoldsFor(string municipality) => Reach.Holds(municipality);

    /// <summary>Where the caller stands among a register's staff; null when nothing says.</summary>
    public Standing? StandingIn(string register)
    {
        foreach (var standing in Standings ?? [])
        {
            if (standing.Register == register)
            {
                return standing;
            }
        }
        return null;
    }
}

/// <summary>The roles as written in tokens and in the log.</summary>
public static class RoleNames
{
    private static readonly Dictionary<string, Role> Roles = Enum.GetValues<Role>().ToDictionary(NameOf);

    /// <summary>All role names, in order.</summary>
    public static IReadOnlyCollection<string> All => Roles.Keys;

    public static string NameOf(Role role) => role switch
    {
        Role.SocialWorker => "social-worker",
        Role.Counsellor => "counsellor",
        Role.Coordinator => "coordinator",
        Role.Researcher => "researcher",
        Role.Integration => "integration",
        Role.Operator => "operator",
        Role.DataProtection => "data-protection",
        Role.RecordSystem => "record-system",
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };

    public static bool TryParse(string name, out Role role) => Roles.TryGetValue(name, out role);
}
