namespace Spearmint.Statistics;

/// <summary>How much room is left for something.</summary>
internal sealed class Allowance(int left)
{
    public bool TryTake()
    {
        if (left == 0)
            return false;

        left--;
        return true;
    }
}
