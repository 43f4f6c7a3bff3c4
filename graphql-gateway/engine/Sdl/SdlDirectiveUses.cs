using OsstOrleans.GraphQL.Language;

namespace OsstOrleans.GraphQL.Sdl;

/// <summary>Faults in how SDL uses directives: unknown, misplaced, doubled, wrong or missing arguments.</summary>
internal sealed class SdlDirectiveUses
{
    private readonly List<string> _faults = [];
    private readonly Dictionary<string, DirectiveDefinition> _known;
    private readonly string _text;

    private SdlDirectiveUses(Document own, Document builtIn)
    {
        _text = own.Text;
        _known = own.Definitions.Concat(builtIn.Definitions).OfType<DirectiveDefinition>()
            .DistinctBy(d => d.Name.Text).ToDictionary(d => d.Name.Text);
    }

    public static IReadOnlyList<string> Check(Document own, Document builtIn)
    {
        var uses = new SdlDirectiveUses(own, builtIn);
        foreach (var definition in own.Definitions)
        {
            uses.Check(definition);
        }
        foreach (var type in own.Definitions.OfType<TypeDefinition>().GroupBy(t => t.Name.Text))
        {
            uses.CheckDoubles([.. type.SelectMany(t => t.Directives)]);
        }
        return uses._faults;
    }

    private void Check(Definition definition)
    {
        switch (definition)
        {
            case SchemaNode schema:
                Check(schema.Directives, "SCHEMA");
                CheckDoubles(schema.Directives);
                break;
            case DirectiveDefinition directive:
                CheckInputs(directive.Arguments, "ARGUMENT_DEFINITION");
                break;
            case TypeDefinition type:
                Check(type.Directives, DirectiveLocations.Of(type.Kind));
                CheckInputs(type.InputFields, "INPUT_FIELD_DEFINITION");
                foreach (var value in type.Values)
                {
                    CheckPlace(value.Directives, "ENUM_VALUE");
                }
                foreach (var field in type.Fields)
                {
                    CheckPlace(field.Directives, "FIELD_DEFINITION");
                    CheckInputs(field.Arguments, "ARGUMENT_DEFINITION");
                }
                break;
        }
    }

    private void CheckInputs(IReadOnlyList<InputValueDefinition> inputs, string location)
    {
        foreach (var input in inputs)
        {
            CheckPlace(input.Directives, location);
        }
    }

    private void CheckPlace(IReadOnlyList<Directive> directives, string location)
    {
        Check(directives, location);
        CheckDoubles(directives);
    }

    private void CheckDoubles(IReadOnlyList<Directive> directives)
    {
        foreach (var group in directives.GroupBy(d => d.Name.Text))
        {
            if (_known.TryGetValue(group.Key, out var definition) && !definition.IsRepeatable)
            {
                foreach (var second in group.Skip(1))
                {
                    Fault($"The directive \"@{group.Key}\" can only be used once at this location.", second);
                }
            }
        }
    }

    private void Check(IReadOnlyList<Directive> directives, string location)
    {
        foreach (var directive in directives)
        {
            if (!_known.TryGetValue(directive.Name.Text, out var definition))
            {
                Fault($"Unknown directive \"@{directive.Name}\".", directive);
            }
            else if (!definition.Locations.Any(l => l.Text == location))
            {
                Fault($"Directive \"@{directive.Name}\" may not be used on {location}.", directive);
            }
            else
            {
                CheckArguments(directive, definition);
            }
        }
    }

    private void CheckArguments(Directive directive, DirectiveDefinition definition)
    {
        foreach (var argument in directive.Arguments)
        {
            if (!definition.Arguments.Any(a => a.Name.Text == argument.Name.Text))
            {
                Fault($"Unknown argument \"{argument.Name}\" on directive \"@{directive.Name}\".", argument);
            }
        }
        foreach (var group in directive.Arguments.GroupBy(a => a.Name.Text).Where(g => g.Skip(1).Any()))
        {
            Fault($"There can be only one argument named \"{group.Key}\".", group.Last());
        }
        foreach (var argument in definition.Arguments.Where(a => a.Type is NonNullTypeNode && a.Default is null))
        {
            if (!directive.Arguments.Any(a => a.Name.Text == argument.Name.Text))
            {
                Fault($"Argument \"@{directive.Name}({argument.Name}:)\" of type \"{argument.Type}\" is required, " +
                    "but it was not provided.", directive);
            }
        }
    }

    private void Fault(string sentence, Node at)
    {
        var place = SourceLocation.Of(_text, at.At);
        _faults.Add($"{sentence} (line {place.Line}, column {place.Column})");
    }
}
