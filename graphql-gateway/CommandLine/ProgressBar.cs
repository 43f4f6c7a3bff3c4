using Spectre.Console;

namespace OsstOrleans.Gateway.CommandLine;

/// <summary>A bar with the time that is left on a terminal; a line for every tenth elsewhere.</summary>
internal static class ProgressBar
{
    /// <summary>Shows how far the work is, from 0 to 1, until it ends.</summary>
    public static async Task<T> Show<T>(string title, Func<IProgress<double>, Task<T>> work)
    {
        if (Console.IsOutputRedirected)
        {
            return await work(new Tenths(title));
        }
        return await AnsiConsole.Progress()
            .Columns(
                new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(shown => work(new Bar(shown.AddTask(Markup.Escape(title), maxValue: 1))));
    }

    private sealed class Bar(ProgressTask task) : IProgress<double>
    {
        public void Report(double value) => task.Value = value;
    }

    private sealed class Tenths(string title) : IProgress<double>
    {
        private int _shown = -1;

        public void Report(double value)
        {
            var tenth = (int)(10 * value);
            if (tenth != _shown)
            {
                _shown = tenth;
                Console.WriteLine($"{title}: {10 * tenth} %");
            }
        }
    }
}
