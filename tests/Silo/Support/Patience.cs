using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace OsstOrleans.Silo.Tests;

/// <summary>Waits that end: what has not come by then hangs, and the test says what it was.</summary>
internal static class Patience
{
    /// <summary>Far beyond anything that a loaded machine needs.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>A verb does more than one thing that waits: it starts, works and stops.</summary>
    public static readonly TimeSpan LimitOfVerb = 2 * Limit;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(10);

    /// <summary>For what takes a token: it is cancelled when the limit is over.</summary>
    public static CancellationToken Late => new CancellationTokenSource(Limit).Token;

    /// <summary>Waits for something that another part of the test, or another process, does.</summary>
    /// <exception cref="TimeoutException">It was not done within the limit.</exception>
    public static Task Patiently(
        this Task awaited, [CallerArgumentExpression(nameof(awaited))] string what = "") =>
        Answered(awaited).Patiently(what);

    /// <inheritdoc cref="Patiently(Task, string)"/>
    public static async Task<T> Patiently<T>(
        this Task<T> awaited, [CallerArgumentExpression(nameof(awaited))] string what = "")
    {
        try
        {
            return await awaited.WaitAsync(Limit);
        }
        catch (TimeoutException) when (!awaited.IsCompleted)
        {
            throw Missed(what);
        }
    }

    /// <summary>Waits until something holds.</summary>
    /// <exception cref="TimeoutException">It does not hold within the limit.</exception>
    public static Task Until(Func<bool> holds, [CallerArgumentExpression(nameof(holds))] string what = "") =>
        Until(() => Task.FromResult(holds()), what);

    /// <inheritdoc cref="Until(Func{bool}, string)"/>
    public static async Task Until(
        Func<Task<bool>> holds, [CallerArgumentExpression(nameof(holds))] string what = "")
    {
        for (var watch = Stopwatch.StartNew(); !await holds().Patiently(what); await Task.Delay(s_pause))
        {
            if (watch.Elapsed > Limit)
            {
                throw Missed(what);
            }
        }
    }

    /// <summary>Asks until the answer is as it should be, and returns it.</summary>
    /// <exception cref="TimeoutException">No answer was within the limit; it says what the last one was.</exception>
    public static async Task<T> Until<T>(
        Func<Task<T>> ask, Func<T, bool> isSo, [CallerArgumentExpression(nameof(isSo))] string what = "")
    {
        for (var watch = Stopwatch.StartNew(); ; await Task.Delay(s_pause))
        {
            var answer = await ask().Patiently(what);
            if (isSo(answer))
            {
                return answer;
            }
            if (watch.Elapsed > Limit)
            {
                throw Missed($"{what}; the last answer was {answer}");
            }
        }
    }

    private static async Task<bool> Answered(Task awaited)
    {
        await awaited;
        return true;
    }

    private static TimeoutException Missed(string what) =>
        new($"After {Limit.TotalMinutes} minutes still waiting for: {what}");
}
