using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Disclosure;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Silo.Verification;

/// <summary>
/// A caseload as it was at one position, as bytes: taken in a moment between two batches of the feed, compared later
/// while the live one goes on.
/// </summary>
internal sealed class CaseloadCopy
{
    private readonly byte[] _image;
    private readonly MunicipalityState _state;

    /// <param name="live">The caseload.</param>
    /// <param name="released">What outsiders see of it there.</param>
    /// <param name="outcomes">The sums of a book of outcome statistics at the same position.</param>
    public CaseloadCopy(MunicipalityCaseload live, ReleasedMetrics released, byte[] outcomes)
    {
        (Released, Outcomes) = (released, outcomes);
        var image = Image.ToWrite();
        live.Imprint(image);
        (Code, _state, _image) = (live.Code, live.Municipality, image.Written.ToArray());
    }

    public string Code { get; }

    /// <summary>What outsiders see.</summary>
    public ReleasedMetrics Released { get; }

    /// <summary>The book's sums.</summary>
    public byte[] Outcomes { get; }

    /// <summary>The copy as a caseload that can be asked.</summary>
    public MunicipalityCaseload Open()
    {
        var copy = new MunicipalityCaseload(Code, _state);
        copy.Imprint(Image.ToRead(_image));
        return copy;
    }
}
