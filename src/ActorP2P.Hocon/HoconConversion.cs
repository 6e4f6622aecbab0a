namespace ActorP2P.Hocon;

/// <summary>Converts a text to a value; false when the text does not have the form of one.</summary>
internal delegate bool HoconConversion<T>(string text, out T value);
