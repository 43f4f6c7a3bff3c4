using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace OsstOrleans.Silo.Cluster.Logs;

/// <summary>
/// Orleans names grains in what it logs, and a grain's key may be a client's id. These loggers stand before every
/// provider of the process, the console as well as OpenTelemetry: what they hand on has no key in it.
/// </summary>
internal sealed class KeylessLoggers(ILoggerFactory providers) : ILoggerFactory
{
    /// <summary>Puts them before the providers that the host has, or gets later.</summary>
    public static void AddTo(IServiceCollection services)
    {
        services.AddSingleton<LoggerFactory>();
        services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(
            host => new KeylessLoggers(host.GetRequiredService<LoggerFactory>())));
    }

    public ILogger CreateLogger(string categoryName) =>
        new KeylessLogger(providers.CreateLogger(categoryName), categoryName);

    public void AddProvider(ILoggerProvider provider) => providers.AddProvider(provider);

    public void Dispose() => providers.Dispose();
}

/// <summary>The logger of one category.</summary>
internal sealed class KeylessLogger(ILogger providers, string category) : ILogger
{
    private readonly bool _isOrleans = category.StartsWith("Orleans", StringComparison.Ordinal);
    private readonly LogValues _values = LogValues.Of(category);

    /// <summary>A scope of Orleans' would be one more way to a provider.</summary>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => _isOrleans ? null : providers.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => providers.IsEnabled(logLevel);

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (!providers.IsEnabled(logLevel))
        {
            return;
        }
        var fault = exception is null ? null : new KeylessFault(exception);
        if (_isOrleans || _values.MayNameAGrain(state))
        {
            providers.Log(
                logLevel, eventId, KeylessEntry.Of(state, eventId, _values), fault,
                static (entry, _) => entry.ToString());
        }
        else
        {
            providers.Log(logLevel, eventId, state, fault, formatter);
        }
    }
}
