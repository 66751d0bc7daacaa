using Spearmint.Domain;

namespace Spearmint.Protocol;

/// <summary>Tells a supervisor that what holds for all strategies has changed; answered with the new <see cref="SettingsInForce"/>.</summary>
internal sealed record CommonSettingsChanged(SpearmintSettings Common);
