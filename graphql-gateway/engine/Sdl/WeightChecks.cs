using OsstOrleans.GraphQL.Types;

namespace OsstOrleans.GraphQL.Sdl;

/// <summary>Faults in what the cost directives say: a weight that is no number, a list that is none.</summary>
internal static class WeightChecks
{
    public static IEnumerable<string> Check(Schema schema)
    {
        foreach (var type in schema.Types)
        {
            foreach (var fault in Weight(type.Weights, type.Name))
            {
                yield return fault;
            }
            foreach (var input in (type as InputObjectType)?.Fields ?? [])
            {
                foreach (var fault in Weight(input.Weights, $"{type}.{input.Name}"))
                {
                    yield return fault;
                }
            }
            foreach (var field in (type as FieldsType)?.Fields ?? [])
            {
                foreach (var fault in Field(field))
                {
                    yield return fault;
                }
            }
        }
    }

    private static IEnumerable<string> Field(FieldType field)
    {
        var faults = Weight(field.Weights, field.ToString())
            .Concat(field.Arguments.SelectMany(a => Weight(a.Weights, $"{field}({a.Name}:)")));
        return field.Weights.Size is { } size ? faults.Concat(Size(field, size)) : faults;
    }

    private static IEnumerable<string> Weight(Weights weights, string what) =>
        weights.Cost is { } cost && double.IsNaN(cost) ? [$"The @cost of {what} is no number."] : [];

    private static IEnumerable<string> Size(FieldType field, ListSize size)
    {
        foreach (var name in size.SlicingArguments)
        {
            if (field.Argument(name)?.Type.Nullable is not ScalarType { Name: "Int" })
            {
                yield return $"The @listSize of {field} names \"{name}\", which is no argument of type Int.";
            }
        }
        foreach (var name in size.SizedFields)
        {
            if ((field.Type.Named as FieldsType)?.Find(name)?.Type.Nullable is not ListType)
            {
                yield return $"The @listSize of {field} names \"{name}\", which is no list of {field.Type.Named}.";
            }
        }
        if (size.SizedFields.Count == 0 && field.Type.Nullable is not ListType)
        {
            yield return $"The @listSize of {field} is on no list and names none.";
        }
        if (size.AssumedSize < 0 || size.SlicingArgumentDefaultValue < 0)
        {
            yield return $"The @listSize of {field} is negative.";
        }
    }
}
