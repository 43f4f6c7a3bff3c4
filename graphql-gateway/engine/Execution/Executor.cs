using OsstOrleans.GraphQL.Cost;

namespace OsstOrleans.GraphQL.Execution;

/// <summary>Executes a plan: first calls the resolvers, then writes the answer in one go.</summary>
internal static class Executor
{
    private static readonly object[] s_noSource = [new object()];

    /// <summary>Writes the whole answer into <see cref="Run.Json"/>.</summary>
    public static async ValueTask Execute(Run x)
    {
        x.Json.Raw("{\"data\":"u8);
        try
        {
            if (x.Plan.Kind == OperationKind.Mutation)
            {
                await WriteSerially(x.Plan.Root, x);
            }
            else
            {
                await Write(x, s_noSource);
            }
        }
        catch (Exception fault)
        {
            Lose(fault, x);
        }
        WriteErrors(x);
    }

    /// <summary>
    /// Writes the answer for one event of a subscription; an exception ends the stream as its last event.
    /// </summary>
    public static async ValueTask ExecuteEvent(IEventSource source, object? happened, Run x)
    {
        if (happened is Exception ended)
        {
            x.Report(ended, source.Site, source.Site.ResponseName);
            ErrorJson.WriteAnswer(x.Errors, x.Json);
            return;
        }
        x.Json.Raw("{\"data\":"u8);
        try
        {
            await Write(x, [happened!]);
        }
        catch (Exception fault)
        {
            Lose(fault, x);
        }
        WriteErrors(x);
    }

    private static async ValueTask Write(Run x, object[] source)
    {
        await x.Plan.Root.Resolve(source, x);
        WriteData(x.Plan.Root.Write(source[0], x), x);
    }

    /// <summary>A fault outside any resolver, such as a list that fails while it is read: all data is lost.</summary>
    private static void Lose(Exception fault, Run x)
    {
        x.Report(fault, x.Plan.Root.Fields[0].Site, x.Plan.Root.Fields[0].Site.ResponseName);
        WriteData(Outcome.Faulted, x);
    }

    /// <summary>
    /// Each field is resolved and written whole before the next one starts; a lost root ends the series.
    /// </summary>
    private static async ValueTask WriteSerially(ObjectPlan<object> root, Run x)
    {
        x.Json.Raw((byte)'{');
        foreach (var field in root.Fields)
        {
            await field.Resolve(s_noSource, x);
            if (field.Write(s_noSource[0], x))
            {
                continue;
            }
            WriteData(Outcome.Faulted, x);
            return;
        }
        x.Json.Close((byte)'}');
    }

    private static void WriteData(Outcome outcome, Run x)
    {
        if (outcome == Outcome.Written)
        {
            return;
        }
        x.Json.Truncate("{\"data\":"u8.Length);
        x.Json.Null();
    }

    private static void WriteErrors(Run x)
    {
        if (x.Errors.Count > 0)
        {
            x.Json.Raw(",\"errors\":"u8);
            ErrorJson.Write(x.Errors, x.Json);
        }
        if (x.Request.Cost == CostReport.Beside)
        {
            x.Json.Raw((byte)',');
            CostLimit.Write(x.Cost, x.Json);
        }
        x.Json.Raw((byte)'}');
    }
}
