using System.Text;

namespace OsstOrleans.EndToEnd.Tests;

/// <summary>
/// What one of several verbs in this process prints. The console is one for all of a process: what is written to it
/// goes to the screen of the verb in whose flow it was written.
/// </summary>
internal sealed class Screen
{
    private static readonly AsyncLocal<Screen?> Current = new();

    static Screen()
    {
        Console.SetOut(new ByFlow(Console.Out, screen => screen.Output));
        Console.SetError(new ByFlow(Console.Error, screen => screen.Errors));
    }

    public Page Output { get; } = new();

    public Page Errors { get; } = new();

    /// <summary>What this flow and those that it starts print is shown here from now on.</summary>
    public void Show() => Current.Value = this;

    /// <summary>What several threads write.</summary>
    public sealed class Page : TextWriter
    {
        private readonly Lock _gate = new();
        private readonly StringBuilder _text = new();

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => Add(text => text.Append(value));

        public override void Write(char[] buffer, int index, int count) =>
            Add(text => text.Append(buffer, index, count));

        public override void Write(string? value) => Add(text => text.Append(value));

        public override void WriteLine(string? value) => Add(text => text.Append(value).Append('\n'));

        public override string ToString()
        {
            lock (_gate)
            {
                return _text.ToString();
            }
        }

        private void Add(Action<StringBuilder> write)
        {
            lock (_gate)
            {
                write(_text);
            }
        }
    }

    private sealed class ByFlow(TextWriter elsewhere, Func<Screen, TextWriter> writerOf) : TextWriter
    {
        public override Encoding Encoding => elsewhere.Encoding;

        private TextWriter Writer => Current.Value is { } screen ? writerOf(screen) : elsewhere;

        public override void Write(char value) => Writer.Write(value);

        public override void Write(char[] buffer, int index, int count) => Writer.Write(buffer, index, count);

        public override void Write(string? value) => Writer.Write(value);

        public override void WriteLine(string? value) => Writer.WriteLine(value);

        public override Task WriteLineAsync(string? value)
        {
            Writer.WriteLine(value);
            return Task.CompletedTask;
        }

        public override void Flush() => Writer.Flush();
    }
}
