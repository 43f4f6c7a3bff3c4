namespace OsstOrleans.Silo.Search;

/// <summary>
/// Which clients of a register a word may begin, in the memory of one process. It holds no words: of each beginning of
/// 2 to 8 letters, and of each whole word, the hash that .NET keys anew for each process, and beside it the client's
/// number. Whom it names is looked at again with the client's own words, so what two beginnings share by chance is
/// never shown.
/// </summary>
internal sealed class WordIndex
{
    /// <summary>A beginning has at least so many letters.</summary>
    public const int Shortest = 2;

    /// <summary>Of a longer word only these letters are in the index.</summary>
    public const int Longest = 8;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, RegisterWords> _registers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (RegisterWords Words, int Number)> _places = new(StringComparer.Ordinal);

    /// <summary>True once all clients that there were at the start are in it.</summary>
    public bool IsWhole { get; set; }

    /// <summary>How many clients it knows.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _places.Count;
            }
        }
    }

    /// <summary>Puts a client into a register, and out of any other.</summary>
    public void Put(string register, string client, IEnumerable<string> words)
    {
        var marks = words.SelectMany(BeginningsOf).Distinct().ToArray();
        lock (_gate)
        {
            Forget(client);
            if (!_registers.TryGetValue(register, out var known))
            {
                _registers.Add(register, known = new RegisterWords());
            }
            _places.Add(client, (known, known.Add(client, marks)));
        }
    }

    /// <summary>The client is found no more.</summary>
    public void Remove(string client)
    {
        lock (_gate)
        {
            Forget(client);
        }
    }

    /// <summary>Clients of a register of whom each word may begin one, in no order.</summary>
    /// <param name="register">The municipality's code.</param>
    /// <param name="words">Folded; those with fewer letters than <see cref="Shortest"/> say nothing here.</param>
    public IReadOnlyList<string> Candidates(string register, IEnumerable<string> words)
    {
        return Find(register, words.Where(word => word.Length >= Shortest).Select(word => MarkOf(word)));
    }

    /// <summary>Clients of a register of whom each word may be one, as a whole; in no order.</summary>
    /// <param name="register">The municipality's code.</param>
    /// <param name="words">Folded.</param>
    public IReadOnlyList<string> Named(string register, IEnumerable<string> words) =>
        Find(register, words.Select(WholeMarkOf));

    private IReadOnlyList<string> Find(string register, IEnumerable<uint> asked)
    {
        var marks = asked.Distinct().ToArray();
        lock (_gate)
        {
            return marks.Length > 0 && _registers.TryGetValue(register, out var known) ? known.Find(marks) : [];
        }
    }

    private void Forget(string client)
    {
        if (_places.Remove(client, out var place))
        {
            place.Words.Drop(place.Number);
        }
    }

    private static uint MarkOf(string word) =>
        MarkOf(word, IsNumber(word) ? word.Length : Math.Min(word.Length, Longest));

    private static uint MarkOf(string word, int letters) =>
        unchecked((uint)string.GetHashCode(word.AsSpan(0, letters)));

    /// <summary>Of a whole word, so that it is no beginning of a longer one.</summary>
    private static uint WholeMarkOf(string word) => unchecked((uint)string.GetHashCode($"{word}\0".AsSpan()));

    /// <summary>Numbers of telephones are found as a whole: many begin alike.</summary>
    private static bool IsNumber(string word) => word.StartsWith('+');

    private static IEnumerable<uint> BeginningsOf(string word)
    {
        if (IsNumber(word))
        {
            yield return MarkOf(word);
            yield return WholeMarkOf(word);
            yield break;
        }
        yield return WholeMarkOf(word);
        for (var length = Shortest; length <= Math.Min(word.Length, Longest); length++)
        {
            yield return MarkOf(word, length);
        }
    }

    /// <summary>
    /// One register: pairs of mark and client's number in one sorted array, and beside it the last ones, which join it
    /// when they are many.
    /// </summary>
    private sealed class RegisterWords
    {
        private const int LeastUnsorted = 4096;

        private readonly List<string?> _clients = [];
        private readonly List<ulong> _last = [];
        private ulong[] _sorted = [];

        public int Add(string client, uint[] marks)
        {
            var number = _clients.Count;
            _clients.Add(client);
            _last.AddRange(marks.Select(mark => Pair(mark, number)));
            if (_last.Count > Math.Max(LeastUnsorted, _sorted.Length / 8))
            {
                Join();
            }
            return number;
        }

        /// <summary>The pairs go when they are sorted the next time.</summary>
        public void Drop(int number) => _clients[number] = null;

        public IReadOnlyList<string> Find(uint[] marks)
        {
            var numbers = NumbersOf(marks[0]);
            foreach (var mark in marks.AsSpan(1))
            {
                numbers.IntersectWith(NumbersOf(mark));
            }
            return [.. numbers.Select(number => _clients[number]).OfType<string>()];
        }

        private HashSet<int> NumbersOf(uint mark)
        {
            var numbers = new HashSet<int>();
            var at = Array.BinarySearch(_sorted, Pair(mark, 0));
            for (at = at < 0 ? ~at : at; at < _sorted.Length && _sorted[at] >> 32 == mark; at++)
            {
                numbers.Add(NumberIn(_sorted[at]));
            }
            foreach (var pair in _last)
            {
                if (pair >> 32 == mark)
                {
                    numbers.Add(NumberIn(pair));
                }
            }
            return numbers;
        }

        private void Join()
        {
            var all = new List<ulong>(_sorted.Length + _last.Count);
            _last.Sort();
            var (one, other) = (0, 0);
            while (one < _sorted.Length || other < _last.Count)
            {
                var next = other == _last.Count || (one < _sorted.Length && _sorted[one] < _last[other])
                    ? _sorted[one++]
                    : _last[other++];
                if (_clients[NumberIn(next)] is not null)
                {
                    all.Add(next);
                }
            }
            _last.Clear();
            _sorted = [.. all];
        }

        private static int NumberIn(ulong pair) => (int)(pair & uint.MaxValue);

        private static ulong Pair(uint mark, int number) => ((ulong)mark << 32) | (uint)number;
    }
}
