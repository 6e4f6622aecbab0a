namespace ActorP2P.Hocon;

/// <summary>Makes a value of a text; false when the text is none.</summary>
internal delegate bool HoconConversion<T>(string text, out T value);
