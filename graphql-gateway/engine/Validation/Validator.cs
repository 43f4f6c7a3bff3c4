using OsstOrleans.GraphQL.Language;
using OsstOrleans.GraphQL.Types;
using OsstOrleans.GraphQL.Validation.Rules;

namespace OsstOrleans.GraphQL.Validation;

/// <summary>Checks a document against the schema with every rule of section 5, in one walk.</summary>
internal static class Validator
{
    public static IReadOnlyList<GraphQLError> Validate(
        Schema schema, Document document, GraphQLLimits limits, bool suggests = true)
    {
        var context = new ValidationContext(schema, document, limits, suggests);
        new DocumentWalk(context, All()).Walk();
        return context.Errors;
    }

    private static Rule[] All() =>
    [
        new UsageCollector(), new ExecutableDefinitions(), new KnownOperationTypes(), new UniqueOperationNames(),
        new LoneAnonymousOperation(), new SingleFieldSubscriptions(), new KnownTypeNames(),
        new FragmentsOnCompositeTypes(), new VariablesAreInputTypes(),
        new ScalarLeafs(), new FieldsOnCorrectType(), new UniqueFragmentNames(), new KnownFragmentNames(),
        new NoUnusedFragments(), new PossibleFragmentSpreads(), new NoFragmentCycles(), new UniqueVariableNames(),
        new NoUndefinedVariables(), new NoUnusedVariables(), new KnownDirectives(), new UniqueDirectivesPerLocation(),
        new KnownArgumentNames(), new UniqueArgumentNames(), new ValuesOfCorrectType(), new ProvidedRequiredArguments(),
        new VariablesInAllowedPosition(), new OverlappingFieldsCanBeMerged(), new UniqueInputFieldNames(),
        new IntrospectionLimits(), new OneSlicingArgument(),
    ];
}
