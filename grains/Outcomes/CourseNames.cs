using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Outcomes;

/// <summary>The numbers that courses use for municipalities, goals and methods.</summary>
internal sealed class CourseNames
{
    public NumberedNames<string> Municipalities { get; } = new();

    public NumberedNames<CodedValue> Codes { get; } = new();

    public short NumberOf(string municipality) => checked((short)Municipalities.NumberOf(municipality));

    /// <summary>Lists of goals and methods are short; beyond what a mark can hold, codes share the last number.
    /// </summary>
    public short NumberOf(CodedValue code) => (short)Math.Min(short.MaxValue, Codes.NumberOf(code));

    public void Imprint(Image image)
    {
        Municipalities.Imprint(image, static (i, code) =>
        {
            var name = code ?? "";
            i.Name(ref name);
            return name;
        });
        Codes.Imprint(image, static (i, code) => CaseloadNames.ImprintOf(i, code));
    }
}
