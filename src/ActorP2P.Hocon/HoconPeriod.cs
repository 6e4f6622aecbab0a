namespace ActorP2P.Hocon;

/// <summary>A calendar period, whose length in hours depends on its start.</summary>
/// <param name="Years">Whole years.</param>
/// <param name="Months">Whole months.</param>
/// <param name="Days">Whole days.</param>
public readonly record struct HoconPeriod(int Years, int Months, int Days);
