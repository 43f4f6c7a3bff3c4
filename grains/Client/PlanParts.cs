using OsstOrleans.Grains.Codes;

namespace OsstOrleans.Grains.Client;

/// <summary>What kind of change a goal aims at (<em>tavoitteen asteikko</em>): the two values of AVAIN.</summary>
[CodedIn("sosmeta:1506.15020/goal-scale")]
public enum GoalScale
{
    /// <summary>1 <em>Muutos parempaan</em>.</summary>
    ChangeForBetter = 1,

    /// <summary>2 <em>Estää tilanteen huononeminen</em>.</summary>
    PreventWorsening = 2,
}

/// <summary>
/// How a situational factor bears on a goal: the joint view of client and worker, in the plan and in its review.
/// </summary>
[CodedIn("sosmeta:1506.15020/factor-effect")]
public enum FactorEffect
{
    /// <summary>1 <em>Tukee (tuki) tavoitteen saavuttamista</em>.</summary>
    Supports = 1,

    /// <summary>2 <em>Vaikeuttaa (vaikeutti) tavoitteen saavuttamista</em>.</summary>
    Hampers = 2,
}

/// <summary>
/// Whether a goal was attained (<em>arvio siitä, onko tavoite saavutettu</em>). Placeholder of list 1253, whose values
/// are not known; the list's file marks them so.
/// </summary>
[CodedIn("local:goal-attainment")]
public enum Attainment
{
    /// <summary>Attained.</summary>
    Attained = 1,

    /// <summary>Partly attained.</summary>
    Partly = 2,

    /// <summary>Not attained.</summary>
    NotAttained = 3,

    /// <summary>Not assessed.</summary>
    NotAssessed = 4,
}

/// <summary>Whether a planned service or method was used (<em>käytettiinkö</em>).</summary>
[CodedIn("sosmeta:1506.15020/usage")]
public enum Usage
{
    /// <summary>K <em>Kyllä</em>.</summary>
    Used = 1,

    /// <summary>E <em>Ei</em>.</summary>
    NotUsed = 2,

    /// <summary>Not known: the official field is left empty.</summary>
    NotKnown = 3,
}

/// <summary>A situational factor (<em>tilannetekijä</em>) of one goal.</summary>
/// <param name="Factor">A code of list 1290 or of its local placeholder.</param>
/// <param name="Effect">Whether it supports or hampers.</param>
public sealed record GoalFactor(CodedValue Factor, FactorEffect Effect);

/// <summary>
/// A goal set with the client (<em>asetettava tavoite</em>). One plan sets each goal code at most once.
/// </summary>
/// <param name="Code">A subclass of list 1292 or of its local placeholder; main classes are not recorded.</param>
/// <param name="Scale">The kind of change aimed at; may be left out.</param>
/// <param name="Description">The goal in words.</param>
public sealed record Goal(CodedValue Code, GoalScale? Scale = null, PersonalText? Description = null)
{
    /// <summary>The factors that bear on it; each at most once.</summary>
    public IReadOnlyList<GoalFactor> Factors { get; init => field = value ?? []; } = [];
}

/// <summary>A service by which the goals are to be reached (<em>palvelu</em>).</summary>
/// <param name="Service">
/// A code of the planned services (codes B; not the services the client has now, codes A).
/// </param>
/// <param name="SocialService"><em>Sosiaalipalvelu</em>, list 1222: only when <c>service</c> is 1
/// <em>Sosiaalipalvelut</em>.</param>
/// <param name="Description">In words.</param>
/// <param name="ServiceTask"><em>Palvelutehtävä</em>, list 1221, once it has been imported.</param>
/// <param name="FurtherInformation"><em>Lisätiedot</em>.</param>
/// <param name="ClientsSuggestion"><em>Asiakkaan ehdotus</em>.</param>
/// <param name="EstimatedPeriod"><em>Arvioitu alkamisajankohta ja kesto</em>.</param>
public sealed record PlannedService(
    CodedValue Service,
    CodedValue? SocialService = null,
    PersonalText? Description = null,
    CodedValue? ServiceTask = null,
    PersonalText? FurtherInformation = null,
    PersonalText? ClientsSuggestion = null,
    PersonalText? EstimatedPeriod = null)
{
    /// <summary>
    /// <em>Menetelmät</em>, list 1293 or its local placeholder: only for 46 <em>Sosiaalityö</em> and
    /// 45 <em>Sosiaaliohjaus</em>.
    /// </summary>
    public IReadOnlyList<CodedValue> Methods { get; init => field = value ?? []; } = [];
}

/// <summary>How far one goal of the plan was reached.</summary>
/// <param name="Goal">The goal's code in the plan under review.</param>
/// <param name="Attainment">The coded judgement.</param>
/// <param name="Assessment">The judgement in words (<em>sanallinen arvio</em>).</param>
public sealed record GoalAttainment(CodedValue Goal, Attainment Attainment, PersonalText? Assessment = null)
{
    /// <summary>The factors as they turned out: carried over from the plan, some added, some gone.</summary>
    public IReadOnlyList<GoalFactor> Factors { get; init => field = value ?? []; } = [];
}

/// <summary>Whether a service was used, planned or not.</summary>
/// <param name="Service">A code of the planned services (codes B).</param>
/// <param name="SocialService"><em>Sosiaalipalvelu</em>, list 1222, under the same rule as in the plan.</param>
/// <param name="Usage">Used, not used, not known.</param>
/// <param name="Description">In words.</param>
/// <param name="Declined">Why the client declined it; only for one that was not used.</param>
public sealed record ServiceReview(
    CodedValue Service,
    Usage Usage,
    CodedValue? SocialService = null,
    PersonalText? Description = null,
    DeclineReason? Declined = null);

/// <summary>Whether a method was used, planned or not.</summary>
/// <param name="Method">A code of list 1293 or its local placeholder.</param>
/// <param name="Usage">Used, not used, not known.</param>
/// <param name="Description">In words.</param>
public sealed record MethodReview(CodedValue Method, Usage Usage, PersonalText? Description = null);
