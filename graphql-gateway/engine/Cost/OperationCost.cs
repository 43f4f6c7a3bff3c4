namespace OsstOrleans.GraphQL.Cost;

/// <summary>What an operation asks for, in the two measures of the cost specification.</summary>
/// <param name="Field">Points of work: fields by their weights, times the sizes of the lists they stand in.</param>
/// <param name="Type">Points of data: objects by their types' weights, as many as there may be.</param>
internal readonly record struct OperationCost(double Field, double Type)
{
    /// <summary>No limit reaches so far, and no sum of products of it stops to be a number.</summary>
    private const double Enough = 1e15;

    public OperationCost And(OperationCost other) => new(Capped(Field + other.Field), Capped(Type + other.Type));

    public OperationCost Max(OperationCost other) => new(Math.Max(Field, other.Field), Math.Max(Type, other.Type));

    /// <summary>The cost so many times; a negative number counts as none.</summary>
    public static double Times(double cost, double count) => Capped(cost * Capped(count));

    /// <summary>What is negative counts as nothing, and what is beyond measure as much.</summary>
    public static double Capped(double cost) => cost > 0 ? Math.Min(cost, Enough) : 0;
}
