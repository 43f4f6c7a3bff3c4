using System.Diagnostics;
using System.Globalization;
using System.Text;
using OsstOrleans.Silo.Faults;

namespace OsstOrleans.Silo.Privacy;

/// <summary>What lists of lines have in common that several processes add to, with a count beside them.</summary>
public static class CountedList
{
    /// <summary>How long another process may take to write: lines take milliseconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>One process at a time, so that none takes what another is writing for cut off.</summary>
    /// <param name="path">The file that is held meanwhile.</param>
    public static async Task<FileStream> Turn(string path)
    {
        for (var started = Stopwatch.GetTimestamp(); ; await Task.Delay(1))
        {
            try
            {
                return new FileStream(path, OwnersFile.ToChange(FileShare.None));
            }
            catch (IOException) when (Stopwatch.GetElapsedTime(started) < Patience)
            {
                // Another one is writing.
            }
        }
    }

    /// <summary>Says how many lines there are; durable when this returns.</summary>
    public static void WriteCount(string path, int lines) => OwnersFile.Replace(
        path, Encoding.ASCII.GetBytes(lines.ToString(CultureInfo.InvariantCulture)));

    /// <summary>How many lines there are at least; 0 without a file.</summary>
    /// <exception cref="StoreRefusal">It is no number.</exception>
    public static int CountIn(string path)
    {
        var text = File.Exists(path) ? File.ReadAllText(path) : "0";
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : throw new StoreRefusal($"{path} is damaged: it is no number of lines.");
    }
}
