using System.Text.RegularExpressions;

namespace OsstOrleans.Tidy.Tests;

/// <summary>
/// The namespaces of one project, and which needs which: by <c>using</c>, by a qualified name, or because a type of an
/// enclosing namespace is named, which needs no <c>using</c>.
/// </summary>
internal sealed partial class Rooms
{
    private readonly string _root;
    private readonly ILookup<string, SourceFile> _files;
    private readonly Dictionary<string, HashSet<string>> _types;

    /// <summary>Each room with those it needs, and for each of those one file that says so.</summary>
    private readonly Dictionary<string, SortedDictionary<string, string>> _needs;

    public Rooms(IEnumerable<SourceFile> files, string root)
    {
        _root = root;
        // A program's top-level statements lie in no room, and no room can need them.
        _files = files.Where(file => NameIn(file).Length > 0).ToLookup(NameIn);
        _types = _files.ToDictionary(room => room.Key, room => room.SelectMany(TypesIn).ToHashSet());
        _needs = _files.ToDictionary(room => room.Key, room => NeedsOf(room.Key, room));
    }

    /// <summary>All rooms by their namespaces.</summary>
    public IEnumerable<string> All => _needs.Keys;

    /// <summary>The rooms that a room needs.</summary>
    public IEnumerable<string> NeededBy(string room) => _needs[room].Keys;

    /// <summary>The namespace of a file.</summary>
    public static string NameIn(SourceFile file) => file.Lines.Select(line => Namespace().Match(line))
        .FirstOrDefault(match => match.Success)?.Groups[1].Value ?? "";

    /// <summary>The shortest circle through each room that stands in one, as <c>A -> B -> A: file, file</c>.</summary>
    public IEnumerable<string> Circles()
    {
        var told = new HashSet<string>();
        foreach (var start in _needs.Keys.Order(StringComparer.Ordinal))
        {
            if (!told.Contains(start) && ShortestCircle(start) is { } circle)
            {
                told.UnionWith(circle);
                var files = circle.Zip(circle.Skip(1), (from, to) => _needs[from][to]);
                yield return $"{string.Join(" -> ", circle)}: {string.Join(", ", files)}";
            }
        }
    }

    private List<string>? ShortestCircle(string start)
    {
        var cameFrom = new Dictionary<string, string>();
        var pending = new Queue<string>([start]);
        while (pending.TryDequeue(out var room))
        {
            foreach (var next in _needs[room].Keys.Where(next => cameFrom.TryAdd(next, room)))
            {
                if (next != start)
                {
                    pending.Enqueue(next);
                    continue;
                }
                List<string> circle = [start];
                for (var at = room; at != start; at = cameFrom[at])
                {
                    circle.Insert(0, at);
                }
                return [start, .. circle];
            }
        }
        return null;
    }

    private SortedDictionary<string, string> NeedsOf(string room, IEnumerable<SourceFile> files)
    {
        var needs = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            var code = string.Join('\n', file.Code.Select(line => line.Text));
            foreach (var other in _types.Keys.Where(other => other != room && Needs(room, other, code)))
            {
                needs.TryAdd(other, file.Path);
            }
        }
        return needs;
    }

    private bool Needs(string room, string other, string code)
    {
        if (Regex.IsMatch(code, $@"^(global )?using {Regex.Escape(other)};", RegexOptions.Multiline)
            || Names(code, other))
        {
            return true;
        }
        // From within the project its rooms are known by the end of their names.
        return (other != _root && other.StartsWith(_root + ".", StringComparison.Ordinal)
                && Names(code, other[(_root.Length + 1)..]))
            || (room.StartsWith(other + ".", StringComparison.Ordinal) && NamesAlone(room, other, code));
    }

    /// <summary>A qualified name of one of the room's types.</summary>
    private bool Names(string code, string qualifier)
    {
        var room = qualifier.StartsWith(_root, StringComparison.Ordinal) ? qualifier : $"{_root}.{qualifier}";
        return Regex.Matches(code, $@"(?<![\w.]){Regex.Escape(qualifier)}\.(\w+)")
            .Any(match => _types[room].Contains(match.Groups[1].Value));
    }

    /// <summary>A type of an enclosing namespace, which the room has no namesake of.</summary>
    private bool NamesAlone(string room, string other, string code)
    {
        var words = Word().Matches(code).Select(match => match.Value).ToHashSet();
        return _types[other].Any(type => words.Contains(type) && !_types[room].Contains(type));
    }

    private static IEnumerable<string> TypesIn(SourceFile file) =>
        file.Lines.Select(line => TypeDeclaration().Match(line)).Where(m => m.Success).Select(m => m.Groups[1].Value);

    [GeneratedRegex(@"^namespace ([\w.]+);")]
    private static partial Regex Namespace();

    [GeneratedRegex(
        @"^(?:[a-z]+ )*(?:class|struct|interface|enum|record|delegate [^(]*?)\s+(?:struct )?(\w+)[\s(<;:]?")]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"(?<![\w.])[A-Za-z_]\w*")]
    private static partial Regex Word();
}
