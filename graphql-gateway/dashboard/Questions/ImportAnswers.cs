namespace OsstOrleans.Dashboard.Questions;

/// <summary>The answer to the documents that take lines (<c>Import....graphql</c>): the one field of each.</summary>
public sealed record TakenAnswer(IReadOnlyList<LineAnswer> Results);

/// <summary>What became of a line.</summary>
public sealed record LineAnswer(string Status, LineErrorAnswer? Error);

/// <summary>Why a line was refused, or was not needed. Codes of lines and those of the domain are two enumerations.
/// </summary>
public sealed record LineErrorAnswer(string? Code, string? LineCode, string? Field);
