using System.Text.Json;
using OsstOrleans.GraphQL.Types;

namespace OsstOrleans.GraphQL.Input;

/// <summary>
/// One variable's JSON to CLR values (specification section 6.1.2); collects every error with its place.
/// </summary>
/// <param name="root">The variable's type.</param>
/// <param name="suggests">Messages may name what the schema has instead.</param>
/// <param name="limits">How long a list may be.</param>
internal sealed class JsonInput(GraphType root, bool suggests, GraphQLLimits limits)
{
    private readonly List<object> _path = [];
    private bool? _hides;

    public List<InputError> Errors { get; } = [];

    /// <summary>No more errors are answered: to look for more would only cost, most of all their messages.</summary>
    private bool IsFull => Errors.Count >= limits.MaxErrors;

    private bool Hides => _hides ??= PersonalInputs.In(root);

    public object? Read(JsonElement json, GraphType type)
    {
        if (type is NonNullType required)
        {
            return json.ValueKind == JsonValueKind.Null ? Fail(InputErrors.Null(type)) : Read(json, required.Of);
        }
        if (json.ValueKind == JsonValueKind.Null)
        {
            return null;
        }
        if (type is ListType list)
        {
            return List(json, list);
        }
        if (type is InputObjectType fields)
        {
            return Object(json, fields);
        }
        return LeafJson.TryRead(type.Named, json, out var value, out var error)
            ? value
            : Fail(Hides ? PersonalInputs.Unfit(type.Named) : error + Near(type.Named, json));
    }

    private object? List(JsonElement json, ListType type)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            return new[] { Read(json, type.Of) };
        }
        var length = json.GetArrayLength();
        if (length > limits.MaxListItems && type.Of.Nullable is not InputObjectType)
        {
            return Fail(limits.TooManyItems, GraphQLErrorCodes.LimitItems);
        }
        var items = new object?[length];
        for (var i = 0; i < items.Length && !IsFull; i++)
        {
            items[i] = At(i, json[i], type.Of);
        }
        return items;
    }

    private Dictionary<string, object?>? Object(JsonElement json, InputObjectType type)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            Fail(InputErrors.NoObject(type, Shown(json)));
            return null;
        }
        var values = new Dictionary<string, object?>();
        foreach (var field in type.Fields)
        {
            if (IsFull)
            {
                return values;
            }
            if (json.TryGetProperty(field.Name, out var given))
            {
                values[field.Name] = At(field.Name, given, field.Type);
            }
            else if (field.IsRequired)
            {
                Fail(InputErrors.MissingField(type, field.Name, Shown(json)));
            }
            else if (field.Default is not null)
            {
                values[field.Name] = LiteralInput.Constant(field.Default, field.Type);
            }
        }
        foreach (var property in json.EnumerateObject())
        {
            if (!IsFull && type.Find(property.Name) is null)
            {
                Fail(InputErrors.UnknownField(type, property.Name, Shown(json), suggests));
            }
        }
        if (type.IsOneOf)
        {
            CheckOneOf(json, type);
        }
        return values;
    }

    /// <summary>Judged by what was sent: a value that does not fit its own type was reported already.</summary>
    private void CheckOneOf(JsonElement json, InputObjectType type)
    {
        var known = json.EnumerateObject().Where(p => type.Find(p.Name) is not null).DistinctBy(p => p.Name).ToList();
        if (known.Count != 1)
        {
            Fail(InputErrors.OneOf(type));
        }
        else if (known[0].Value.ValueKind == JsonValueKind.Null)
        {
            _path.Add(known[0].Name);
            Fail(InputErrors.OneOf(type));
            _path.RemoveAt(_path.Count - 1);
        }
    }

    private string Near(NamedType type, JsonElement json) => suggests && type is EnumType
        ? InputErrors.NearValue(type, json.ValueKind == JsonValueKind.String ? json.GetString()! : Inspection.Of(json))
        : "";

    private string Shown(JsonElement json) => Hides ? PersonalInputs.Hidden : Inspection.Of(json);

    private object? At(object segment, JsonElement json, GraphType type)
    {
        _path.Add(segment);
        var value = Read(json, type);
        _path.RemoveAt(_path.Count - 1);
        return value;
    }

    private object? Fail(string error, string code = GraphQLErrorCodes.Variables)
    {
        Errors.Add(new InputError(code, InputErrors.Place(_path) + ": " + error));
        return null;
    }
}
