using OsstOrleans.Gateway.Engines.Embedded.Language;
using OsstOrleans.Gateway.Resolvers;

namespace OsstOrleans.Gateway.Engines.Embedded.Execution;

/// <summary>Executes a plan: first calls the resolvers, then writes the answer in one go.</summary>
internal static class Executor
{
    private static readonly object[] s_noSource = [new object()];

    /// <summary>Writes the whole answer into <see cref="Run.Json"/>.</summary>
    public static async ValueTask Execute(OperationPlan plan, Run x)
    {
        x.Json.Raw("{\"data\":"u8);
        if (plan.Kind == OperationKind.Mutation)
        {
            await WriteSerially(plan.Root, x);
        }
        else
        {
            await plan.Root.Resolve(s_noSource, x);
            WriteData(plan.Root.Write(s_noSource[0], x), x);
        }
        WriteErrors(x);
    }

    /// <summary>Writes the answer for one event of a subscription.</summary>
    public static async ValueTask ExecuteEvent(OperationPlan plan, object? happened, Run x)
    {
        x.Json.Raw("{\"data\":"u8);
        await plan.Root.Resolve([happened!], x);
        WriteData(plan.Root.Write(happened!, x), x);
        WriteErrors(x);
    }

    /// <summary>Each field is resolved and written whole before the next one starts; a lost root ends the series.</summary>
    private static async ValueTask WriteSerially(ObjectPlan<object> root, Run x)
    {
        x.Json.Raw((byte)'{');
        foreach (var field in root.Fields)
        {
            await field.Resolve(s_noSource, x);
            if (field.Write(s_noSource[0], x))
                continue;
            WriteData(Outcome.Faulted, x);
            return;
        }
        x.Json.Close((byte)'}');
    }

    private static void WriteData(Outcome outcome, Run x)
    {
        if (outcome == Outcome.Written)
            return;
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
        x.Json.Raw((byte)'}');
    }
}
