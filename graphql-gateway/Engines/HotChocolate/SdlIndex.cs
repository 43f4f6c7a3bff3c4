using HotChocolate.Language;
using OsstOrleans.Gateway.Engines.HotChocolate.Answers;

namespace OsstOrleans.Gateway.Engines.HotChocolate;

/// <summary>The schema's text by name: what resolvers need to know of their fields before there is a schema.</summary>
internal sealed class SdlIndex
{
    private readonly Dictionary<string, IDefinitionNode> _types = [];

    public SdlIndex(DocumentNode document)
    {
        foreach (var definition in document.Definitions)
            if (NameOf(definition) is { } name)
                _types[name] = definition;
    }

    public IEnumerable<ScalarTypeDefinitionNode> Scalars => _types.Values.OfType<ScalarTypeDefinitionNode>();

    /// <summary>Null when it is no object type of ours.</summary>
    public ObjectTypeDefinitionNode? Object(string name) => _types.GetValueOrDefault(name) as ObjectTypeDefinitionNode;

    public InputObjectTypeDefinitionNode? Input(string name) =>
        _types.GetValueOrDefault(name) as InputObjectTypeDefinitionNode;

    public bool IsEnum(string name) => _types.GetValueOrDefault(name) is EnumTypeDefinitionNode;

    /// <summary>How values of a field's type reach the engine.</summary>
    public OutputForm FormOf(ITypeNode type) => Named(type) switch
    {
        "Int" => OutputForm.Int,
        "Float" => OutputForm.Float,
        "ID" => OutputForm.Id,
        var name when IsEnum(name) => OutputForm.Enum,
        _ => OutputForm.AsIs,
    };

    private static string? NameOf(IDefinitionNode definition) => definition switch
    {
        ObjectTypeDefinitionNode type => type.Name.Value,
        InputObjectTypeDefinitionNode type => type.Name.Value,
        EnumTypeDefinitionNode type => type.Name.Value,
        ScalarTypeDefinitionNode type => type.Name.Value,
        _ => null,
    };

    public static string Named(ITypeNode type) => type switch
    {
        NonNullTypeNode required => Named(required.Type),
        ListTypeNode list => Named(list.Type),
        _ => ((NamedTypeNode)type).Name.Value,
    };
}
