using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Words;
using OsstOrleans.Gateway.Resolvers;
using OsstOrleans.GraphQL.Sdl;
using OsstOrleans.GraphQL.Types;
using OsstOrleans.Silo.Import;

namespace OsstOrleans.Tidy.Tests;

/// <summary>The dashboard has words for every code of the contract that it shows.</summary>
public sealed class DashboardWordTests
{
    private static readonly (string Group, string Type)[] Enums =
    [
        ("status", "CaseStatus"), ("reason", "ReferralReason"), ("list", "WorklistKind"), ("overdue", "OverdueKind"),
        ("arm", "StudyArm"), ("step", "ReferralStep"), ("sender", "ReferralSource"), ("subject", "EvaluationSubject"),
        ("weekday", "Weekday"), ("deadline", "DeadlineKind"), ("attained", "Attainment"), ("opening", "OpeningReason"),
        ("late", "OverdueKind"), ("audited", "AuditKind"), ("unusualKind", "UnusualKind"),
        ("ended", "LineStatus"), ("choice", "MethodChoice"), ("notCompared", "EvaluationRefusalReason"),
        ("restrictionGround", "RestrictionGround"), ("restrictionRefusal", "RestrictionRefusal"),
    ];

    [Fact]
    public void Every_code_that_a_page_shows_has_its_words()
    {
        var schema = SchemaBuilder.Build(PlatformSchema.Sdl);
        var keys =
            (from pair in Enums
             from value in ((EnumType)schema.Type(pair.Type)!).Values
             select $"{pair.Group}.{value.Name}")
            .Concat(RoleNames.All.SelectMany(role => new[] { $"role.{role}", $"roleSees.{role}" }))
            .Concat(Enum.GetValues<Role>().SelectMany(Purposes.Of).Select(purpose => $"purpose.{purpose}"))
            .Concat(ImportKinds.All.Where(kind => Document.Import($"{kind}") is not null)
                .Select(kind => $"kind.{ImportKinds.NameOf(kind)}"))
            .Concat(typeof(ImportCodes).GetFields().Select(code => $"line.{code.GetValue(null)}"));
        SourceTree.AssertNone(
            from key in keys.Distinct()
            where !Language.All[0].Texts.ContainsKey(key)
            select $"There are no words for {key}.");
    }
}
