using Npgsql;
using NpgsqlTypes;

namespace OsstOrleans.Silo.Storage.Postgres;

/// <summary>Statements' parameters, typed so that nothing is boxed.</summary>
internal static class Parameters
{
    public static NpgsqlParameter<T> Value<T>(T value) => new() { TypedValue = value };

    /// <summary>A column of rows, for <c>unnest</c>.</summary>
    public static NpgsqlParameter<T[]> Column<T>(T[] values, NpgsqlDbType type) =>
        new() { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };

    /// <inheritdoc cref="Column{T}(T[], NpgsqlDbType)"/>
    public static NpgsqlParameter<T[]> Column<TRow, T>(
        IReadOnlyList<TRow> rows, Func<TRow, T> value, NpgsqlDbType type) => Column([.. rows.Select(value)], type);

    public static void Add(this NpgsqlBatch batch, string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }
        batch.BatchCommands.Add(command);
    }
}
