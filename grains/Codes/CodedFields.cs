namespace OsstOrleans.Grains.Codes;

/// <summary>
/// Which code systems a field takes: the official list, and its placeholder while the list is not or only partly known.
/// </summary>
public static class CodedFields
{
    /// <summary><em>Kunta</em>.</summary>
    public static IReadOnlyList<string> Municipality { get; } =
        [CodeSystems.Municipalities, CodeSystems.MadeUpMunicipalities];

    /// <summary><em>Tuen tarve</em>.</summary>
    public static IReadOnlyList<string> SupportNeed { get; } = [CodeSystems.SupportNeeds];

    /// <summary><em>Tavoite</em>.</summary>
    public static IReadOnlyList<string> Goal { get; } = [CodeSystems.Goals, CodeSystems.LocalGoals];

    /// <summary><em>Tilannetekijä</em>.</summary>
    public static IReadOnlyList<string> Factor { get; } = [CodeSystems.Factors, CodeSystems.LocalFactors];

    /// <summary>A service the client has now: codes A, never codes B.</summary>
    public static IReadOnlyList<string> CurrentService { get; } = [CodeSystems.ServicesNow];

    /// <summary><em>Palvelutehtävä</em>.</summary>
    public static IReadOnlyList<string> ServiceTask { get; } = [CodeSystems.ServiceTasks];

    /// <summary><em>Palvelu</em> in a plan: codes B, never codes A.</summary>
    public static IReadOnlyList<string> PlannedService { get; } = [CodeSystems.PlannedServices];

    /// <summary><em>Sosiaalipalvelu</em>.</summary>
    public static IReadOnlyList<string> SocialService { get; } =
        [CodeSystems.SocialServices, CodeSystems.LocalSocialServices];

    /// <summary><em>Menetelmä</em>.</summary>
    public static IReadOnlyList<string> Method { get; } = [CodeSystems.Methods, CodeSystems.LocalMethods];
}
