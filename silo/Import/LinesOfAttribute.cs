using OsstOrleans.Grains;

namespace OsstOrleans.Silo.Import;

/// <summary>
/// The form of a kind's lines and who sends them. Where the type is a command, the lines have its fields beside those
/// that say whom it is about and when it happened.
/// </summary>
/// <param name="form">A line of its own form, or a command.</param>
/// <param name="senders">The roles that send such lines.</param>
[AttributeUsage(AttributeTargets.Field)]
internal sealed class LinesOfAttribute(Type form, params Role[] senders) : Attribute
{
    public Type Form { get; } = form;

    public IReadOnlyList<Role> Senders { get; } = senders;

    /// <summary>The command; null for a form of its own.</summary>
    public Type? Command => Form.IsAssignableTo(typeof(ICommand)) ? Form : null;

    /// <summary>
    /// True for commands that may say the same twice of one day, such as two calls that were not answered: only the
    /// sender's identifier of the entry parts a second one from a line that is sent again.
    /// </summary>
    public bool NeedsEntry { get; init; }

    /// <summary>
    /// True for steps that a client's case may take again, such as a second closing: without its day or an entry a
    /// later one would be known as the first, and be lost.
    /// </summary>
    public bool NeedsDayOrEntry { get; init; }

    /// <summary>
    /// True where a line without its day says how something is now: <see cref="IImportLine.SaysHowItIs"/>.
    /// </summary>
    public bool SaysHowItIs { get; init; }

    /// <summary>Fields of the command that no line gives.</summary>
    public string[] Without { get; init; } = [];
}
