using ActorP2P.Hocon;
using Microsoft.Extensions.Configuration;

namespace ActorP2P.Hosting;

/// <summary>A configuration in HOCON as keys and values of .NET's configuration.</summary>
internal static class HoconKeys
{
    /// <summary>All values by key. A null, and an object without values, is a key with null.</summary>
    /// <exception cref="HoconException">
    /// Two keys are one to .NET, to which letters of both cases are the same.
    /// </exception>
    public static Dictionary<string, string?> Of(HoconConfig config)
    {
        Dictionary<string, string?> values = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string key, HoconElement value) in config.AsEnumerable())
        {
            Add(values, key, value);
        }

        return values;
    }

    private static void Add(Dictionary<string, string?> values, string path, HoconElement element)
    {
        switch (element)
        {
            case HoconMap { Count: > 0 } map:
                for (int i = 0; i < map.Count; i++)
                {
                    Add(values, ConfigurationPath.Combine(path, map.KeyAt(i)), map.ValueAt(i));
                }

                break;
            case HoconList { Count: > 0 } list:
                for (int i = 0; i < list.Count; i++)
                {
                    Add(values, ConfigurationPath.Combine(path, $"{i}"), list[i]);
                }

                break;
            default:
                string? text = element switch
                {
                    HoconList => "",
                    HoconText { Type: not HoconTextKind.Null } single => single.Text,
                    _ => null,
                };
                if (!values.TryAdd(path, text))
                {
                    throw new HoconException(
                        $"The key {path} is there twice: in the configuration of .NET upper and lower case "
                        + "are the same.");
                }

                break;
        }
    }
}
