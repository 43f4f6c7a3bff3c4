namespace OsstOrleans.Gateway.CommandLine;

/// <summary>A bar on a terminal; a line for every tenth elsewhere.</summary>
internal sealed class ProgressBar(string title) : IProgress<double>, IDisposable
{
    private const int Width = 30;

    private readonly bool _terminal = !Console.IsOutputRedirected;
    private int _shown = -1;

    /// <param name="value">The share that is done, 0 to 1.</param>
    public void Report(double value)
    {
        var percent = (int)(100 * value);
        if (percent == _shown)
        {
            return;
        }
        if (_terminal)
        {
            var full = Width * percent / 100;
            Console.Write($"\r{title} [{new string('#', full)}{new string('.', Width - full)}] {percent,3} %");
        }
        else if (percent / 10 != _shown / 10 || _shown < 0)
        {
            Console.WriteLine($"{title}: {percent} %");
        }
        _shown = percent;
    }

    public void Dispose()
    {
        if (_terminal && _shown >= 0)
        {
            Console.WriteLine();
        }
    }
}
