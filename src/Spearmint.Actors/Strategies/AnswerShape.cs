namespace Spearmint.Strategies;

/// <summary>What a run answers with.</summary>
public enum AnswerShape
{
    /// <summary>The plain output of the primary, or its exception.</summary>
    Output,

    /// <summary>A container of all awaited branches, failed ones too.</summary>
    Container,
}
