using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace OsstOrleans.Silo.Tests.Cluster;

/// <summary>A log provider that keeps everything it gets, in the way of one that exists.</summary>
/// <param name="isStructured">As OpenTelemetry's: each value and each part of a fault. Else as the console's: texts.
/// </param>
internal sealed class KeptLines(bool isStructured) : ILoggerProvider, ILogger, ISupportExternalScope
{
    private IExternalScopeProvider? _scopes;

    public ConcurrentQueue<string> Written { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => _scopes?.Push(state);

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (!isStructured)
        {
            Written.Enqueue($"{formatter(state, exception)} {exception}");
            return;
        }
        if (state is IEnumerable<KeyValuePair<string, object?>> values)
        {
            Written.Enqueue(string.Join(", ", values.Select(value => $"{value.Key}={value.Value}")));
        }
        for (var fault = exception; fault is not null; fault = fault.InnerException)
        {
            Written.Enqueue($"{fault.GetType()} {fault.Message} {fault.StackTrace} {fault.Data.Count}");
        }
        _scopes?.ForEachScope(static (scope, written) => written.Enqueue($"{scope}"), Written);
    }

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }
}
