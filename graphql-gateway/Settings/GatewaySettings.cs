using OsstOrleans.Gateway.Resolvers;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Audit;

namespace OsstOrleans.Gateway.Settings;

/// <summary>
/// Every limit of the gateway. Each property is a section of the settings file, see <c>docs/mechanisms/limits.md</c>.
/// </summary>
internal sealed record GatewaySettings
{
    /// <summary>What one document and its execution may ask for.</summary>
    public ApiLimits GraphQL { get; init; } = new();

    /// <summary>What one request and one caller may take.</summary>
    public HttpLimits Http { get; init; } = new();

    /// <summary>How patient deliveries to receivers of events are.</summary>
    public DeliverySettings Deliveries { get; init; } = new();

    /// <summary>What an answer that goes on may cost.</summary>
    public StreamLimits Streams { get; init; } = new();

    /// <summary>Who may sign in.</summary>
    public IdentitySettings Identity { get; init; } = new();

    /// <summary>Which registers are kept here.</summary>
    public RegisterSettings Registers { get; init; } = new();

    /// <summary>What is kept longer than the law of 2023 says.</summary>
    public RetentionSettings Retention { get; init; } = new();

    /// <summary>What a process does by itself.</summary>
    public OperationsSettings Operations { get; init; } = new();

    /// <summary>From where on a use of client data is unusual.</summary>
    public AuditThresholds Audit { get; init; } = new();

    /// <summary>What of it the platform itself goes by.</summary>
    public KeepingRules ToRules() => new(
        Retention.ArchivedBirthDays,
        Retention.EndingsFile.Length == 0 ? null : Path.GetFullPath(Retention.EndingsFile), Registers.Counties,
        Registers.Installation.Length == 0 ? null : Registers.Installation.TrimEnd('/'));
}
