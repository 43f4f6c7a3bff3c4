using System.Collections.Frozen;
using System.Text;

namespace OsstOrleans.Grains;

/// <summary>
/// Composes letters: a base letter with a mark behind it becomes the one character that means the same, as in Unicode's
/// normal form C. Files of some systems have letters apart, and what looks the same must be the same. The runtime's own
/// normalization needs ICU, which this program runs without (<c>InvariantGlobalization</c>).
/// </summary>
/// <remarks>
/// The Latin, Greek and Cyrillic letters below U+1F00 of the Unicode Character Database, by their canonical
/// decompositions; others stay as they are.
/// </remarks>
internal static class Composition
{
    /// <summary>Each mark with its base letters, and at the same places the characters they compose.</summary>
    private static readonly FrozenDictionary<char, (string Bases, string Composed)> s_marks =
        new Dictionary<char, (string Bases, string Composed)>
        {
            ['\u0300'] = ("AEIOUaeiouÜüNnЕИеиĒēŌōWwÂâĂăÊêÔôƠơƯưYy", "ÀÈÌÒÙàèìòùǛǜǸǹЀЍѐѝḔḕṐṑẀẁẦầẰằỀềỒồỜờỪừỲỳ"),
            ['\u0301'] = (
                "AEIOUYaeiouyCcLlNnRrSsZzÜüGgÅåÆæØøΑΕΗΙΟΥΩϊαεηιϋουωϒГКгкÇçĒēÏïKkMmÕõŌōPpŨũWwÂâĂăÊêÔôƠơƯư",
                "ÁÉÍÓÚÝáéíóúýĆćĹĺŃńŔŕŚśŹźǗǘǴǵǺǻǼǽǾǿΆΈΉΊΌΎΏΐάέήίΰόύώϓЃЌѓќḈḉḖḗḮḯḰḱḾḿṌṍṒṓṔṕṸṹẂẃẤấẮắẾếỐốỚớỨứ"),
            ['\u0302'] = ("AEIOUaeiouCcGgHhJjSsWwYyZzẠạẸẹỌọ", "ÂÊÎÔÛâêîôûĈĉĜĝĤĥĴĵŜŝŴŵŶŷẐẑẬậỆệỘộ"),
            ['\u0303'] = ("ANOanoIiUuVvÂâĂăEeÊêÔôƠơƯưYy", "ÃÑÕãñõĨĩŨũṼṽẪẫẴẵẼẽỄễỖỗỠỡỮữỸỹ"),
            ['\u0304'] = ("AaEeIiOoUuÜüÄäȦȧÆæǪǫÖöÕõȮȯYyИиУуGgḶḷṚṛ", "ĀāĒēĪīŌōŪūǕǖǞǟǠǡǢǣǬǭȪȫȬȭȰȱȲȳӢӣӮӯḠḡḸḹṜṝ"),
            ['\u0306'] = ("AaEeGgIiOoUuУИиуЖжАаЕеȨȩẠạ", "ĂăĔĕĞğĬĭŎŏŬŭЎЙйўӁӂӐӑӖӗḜḝẶặ"),
            ['\u0307'] = (
                "CcEeGgIZzAaOoBbDdFfHhMmNnPpRrSsŚśŠšṢṣTtWwXxYyſ",
                "ĊċĖėĠġİŻżȦȧȮȯḂḃḊḋḞḟḢḣṀṁṄṅṖṗṘṙṠṡṤṥṦṧṨṩṪṫẆẇẊẋẎẏẛ"),
            ['\u0308'] = (
                "AEIOUaeiouyYΙΥιυϒЕІеіАаӘәЖжЗзИиОоӨөЭэУуЧчЫыHhÕõŪūWwXxt",
                "ÄËÏÖÜäëïöüÿŸΪΫϊϋϔЁЇёїӒӓӚӛӜӝӞӟӤӥӦӧӪӫӬӭӰӱӴӵӸӹḦḧṎṏṺṻẄẅẌẍẗ"),
            ['\u0309'] = ("AaÂâĂăEeÊêIiOoÔôƠơUuƯưYy", "ẢảẨẩẲẳẺẻỂểỈỉỎỏỔổỞởỦủỬửỶỷ"),
            ['\u030a'] = ("AaUuwy", "ÅåŮůẘẙ"),
            ['\u030b'] = ("OoUuУу", "ŐőŰűӲӳ"),
            ['\u030c'] = ("CcDdEeLlNnRrSsTtZzAaIiOoUuÜüGgKkƷʒjHh", "ČčĎďĚěĽľŇňŘřŠšŤťŽžǍǎǏǐǑǒǓǔǙǚǦǧǨǩǮǯǰȞȟ"),
            ['\u030f'] = ("AaEeIiOoRrUuѴѵ", "ȀȁȄȅȈȉȌȍȐȑȔȕѶѷ"),
            ['\u0311'] = ("AaEeIiOoRrUu", "ȂȃȆȇȊȋȎȏȒȓȖȗ"),
            ['\u031b'] = ("OoUu", "ƠơƯư"),
            ['\u0323'] = ("BbDdHhKkLlMmNnRrSsTtVvWwZzAaEeIiOoƠơUuƯưYy", "ḄḅḌḍḤḥḲḳḶḷṂṃṆṇṚṛṢṣṬṭṾṿẈẉẒẓẠạẸẹỊịỌọỢợỤụỰựỴỵ"),
            ['\u0324'] = ("Uu", "Ṳṳ"),
            ['\u0325'] = ("Aa", "Ḁḁ"),
            ['\u0326'] = ("SsTt", "ȘșȚț"),
            ['\u0327'] = ("CcGgKkLlNnRrSsTtEeDdHh", "ÇçĢģĶķĻļŅņŖŗŞşŢţȨȩḐḑḨḩ"),
            ['\u0328'] = ("AaEeIiUuOo", "ĄąĘęĮįŲųǪǫ"),
            ['\u032d'] = ("DdEeLlNnTtUu", "ḒḓḘḙḼḽṊṋṰṱṶṷ"),
            ['\u032e'] = ("Hh", "Ḫḫ"),
            ['\u0330'] = ("EeIiUu", "ḚḛḬḭṴṵ"),
            ['\u0331'] = ("BbDdKkLlNnRrTtZzh", "ḆḇḎḏḴḵḺḻṈṉṞṟṮṯẔẕẖ"),
        }.ToFrozenDictionary();

    /// <summary>Each composed letter with the one that it was composed of.</summary>
    private static readonly FrozenDictionary<char, char> s_bases = s_marks.Values
        .SelectMany(mark => mark.Composed.Zip(mark.Bases, static (composed, bare) => (composed, bare)))
        .DistinctBy(pair => pair.composed)
        .ToFrozenDictionary(static pair => pair.composed, static pair => pair.bare);

    /// <summary>A letter without its marks.</summary>
    public static char BaseOf(char letter)
    {
        while (s_bases.TryGetValue(letter, out var bare))
        {
            letter = bare;
        }
        return letter;
    }

    /// <summary>True for a mark that stands by itself beside its letter.</summary>
    public static bool IsMark(char letter) => s_marks.ContainsKey(letter);

    /// <summary>The text with its letters composed; the same text when there is nothing to compose.</summary>
    public static string Compose(string text)
    {
        if (!text.Any(s_marks.ContainsKey))
        {
            return text;
        }
        var composed = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (composed.Length > 0 && s_marks.TryGetValue(letter, out var mark)
                && mark.Bases.IndexOf(composed[^1], StringComparison.Ordinal) is >= 0 and var place)
            {
                composed[^1] = mark.Composed[place];
            }
            else
            {
                composed.Append(letter);
            }
        }
        return composed.ToString();
    }
}
