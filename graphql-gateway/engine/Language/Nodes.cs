namespace OsstOrleans.GraphQL.Language;

/// <summary>A part of a document. <see cref="At"/> is where it starts in the text.</summary>
internal abstract class Node(int at)
{
    public int At { get; } = at;
}

/// <summary>A name as written; names are compared by text, the place is for error messages.</summary>
internal sealed class Name(int at, string text) : Node(at)
{
    public string Text { get; } = text;

    public override string ToString() => Text;
}

internal sealed class Document(string text, IReadOnlyList<Definition> definitions) : Node(0)
{
    /// <summary>The document as sent; turns offsets into lines and columns.</summary>
    public string Text { get; } = text;

    public IReadOnlyList<Definition> Definitions { get; } = definitions;
}

/// <summary>An operation, a fragment, or a definition or extension of the type system.</summary>
internal abstract class Definition(int at) : Node(at);

internal sealed class Argument(Name name, ValueNode value) : Node(name.At)
{
    public Name Name { get; } = name;

    public ValueNode Value { get; } = value;
}

internal sealed class Directive(int at, Name name, IReadOnlyList<Argument> arguments) : Node(at)
{
    public Name Name { get; } = name;

    public IReadOnlyList<Argument> Arguments { get; } = arguments;
}
