namespace ActorP2P.Hocon;

/// <summary>Reading lists, either as written or as objects whose keys are numbers.</summary>
public sealed partial class HoconConfig
{
    /// <summary>A list of texts; empty when there is none.</summary>
    public IList<string> GetStringList(string path) => ReadList<string>(path, TryText, "a list of texts");

    /// <summary>A list of whole numbers of 32 bits; empty when there is none.</summary>
    public IList<int> GetIntList(string path) =>
        ReadList<int>(path, HoconNumber.TryInt, "a list of whole numbers of 32 bits");

    /// <summary>A list of whole numbers of 64 bits; empty when there is none.</summary>
    public IList<long> GetLongList(string path) =>
        ReadList<long>(path, HoconNumber.TryLong, "a list of whole numbers of 64 bits");

    /// <summary>A list of numbers; empty when there is none.</summary>
    public IList<double> GetDoubleList(string path) =>
        ReadList<double>(path, HoconNumber.TryDouble, "a list of numbers");

    /// <summary>A list of Boolean values; empty when there is none.</summary>
    public IList<bool> GetBooleanList(string path) =>
        ReadList<bool>(path, HoconNumber.TryBoolean, "a list of true, yes, on or false, no, off");

    private static bool TryText(string text, out string value)
    {
        value = text;
        return true;
    }

    private List<T> ReadList<T>(string path, HoconConversion<T> convert, string wanted)
    {
        HoconElement? found = Find(path);
        if (found is null)
        {
            return [];
        }
        HoconList list = (found is HoconMap numbered ? numbered.AsList() : found as HoconList)
            ?? throw Malformed(path, found.Kind, wanted);
        var values = new List<T>(list.Count);
        for (int i = 0; i < list.Count; i++)
        {
            values.Add(list[i] is HoconText { Type: not HoconTextKind.Null } text && convert(text.Text, out T value)
                ? value
                : throw Malformed($"{path}[{i}]", list[i].Kind, wanted));
        }
        return values;
    }
}
