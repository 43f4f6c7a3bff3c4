namespace OsstOrleans.GraphQL.Language;

internal abstract class ValueNode(int at) : Node(at);

internal sealed class VariableNode(int at, string name) : ValueNode(at)
{
    public string Name { get; } = name;
}

internal sealed class IntNode(int at, string text) : ValueNode(at)
{
    public string Text { get; } = text;
}

internal sealed class FloatNode(int at, string text) : ValueNode(at)
{
    public string Text { get; } = text;
}

internal sealed class StringNode(int at, string value) : ValueNode(at)
{
    public string Value { get; } = value;
}

internal sealed class BooleanNode(int at, bool value) : ValueNode(at)
{
    public bool Value { get; } = value;
}

internal sealed class NullNode(int at) : ValueNode(at);

internal sealed class EnumNode(int at, string value) : ValueNode(at)
{
    public string Value { get; } = value;
}

internal sealed class ListNode(int at, IReadOnlyList<ValueNode> items) : ValueNode(at)
{
    public IReadOnlyList<ValueNode> Items { get; } = items;
}

internal sealed class ObjectNode(int at, IReadOnlyList<Argument> fields) : ValueNode(at)
{
    /// <summary>An object field has an argument's form.</summary>
    public IReadOnlyList<Argument> Fields { get; } = fields;
}

internal abstract class TypeNode(int at) : Node(at);

internal sealed class NamedTypeNode(Name name) : TypeNode(name.At)
{
    public Name Name { get; } = name;

    public override string ToString() => Name.Text;
}

internal sealed class ListTypeNode(int at, TypeNode of) : TypeNode(at)
{
    public TypeNode Of { get; } = of;

    public override string ToString() => $"[{Of}]";
}

internal sealed class NonNullTypeNode(TypeNode of) : TypeNode(of.At)
{
    public TypeNode Of { get; } = of;

    public override string ToString() => $"{Of}!";
}
