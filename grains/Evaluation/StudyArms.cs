using System.Text.Json;
using OsstOrleans.Grains.Municipality;

namespace OsstOrleans.Grains.Evaluation;

/// <summary>Which arms are compared, and how arms are called in an answer.</summary>
internal static class StudyArms
{
    /// <summary>
    /// The effect of OSST where the employment experiment ran anyway is the primary question; then both experiments
    /// together, and the employment experiment alone. They are never pooled.
    /// </summary>
    public static IReadOnlyList<(StudyArm Treated, StudyArm Control)> Compared { get; } =
    [
        (StudyArm.OsstAndEmployment, StudyArm.EmploymentOnly),
        (StudyArm.OsstAndEmployment, StudyArm.Neither),
        (StudyArm.EmploymentOnly, StudyArm.Neither),
    ];

    public static string NameOf(StudyArm? arm) => arm is { } it ? WordOf(it) : "NO_ARM";

    /// <summary>A member of an enumeration as the API writes it.</summary>
    public static string WordOf(Enum member) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(member.ToString());
}
