namespace OsstOrleans.Grains.Rows;

/// <summary>Gives each distinct value a small number, so that a column holds numbers only.</summary>
internal sealed class NumberedNames<T>
    where T : notnull
{
    private readonly Dictionary<T, int> _numbers = [];
    private readonly List<T> _names = [];

    public int Count => _names.Count;

    public T this[int number] => _names[number];

    public int NumberOf(T name)
    {
        if (!_numbers.TryGetValue(name, out var number))
        {
            number = _names.Count;
            _numbers.Add(name, number);
            _names.Add(name);
        }
        return number;
    }

    /// <summary>All names in the order of their numbers.</summary>
    public void Imprint(Image image, Func<Image, T?, T> name)
    {
        var count = Count;
        image.Value(ref count);
        for (var i = 0; i < count; i++)
        {
            if (image.Reads)
            {
                NumberOf(name(image, default));
            }
            else
            {
                name(image, _names[i]);
            }
        }
    }

    /// <summary>-1 when the value was never seen.</summary>
    public int Find(T name) => _numbers.GetValueOrDefault(name, -1);
}
