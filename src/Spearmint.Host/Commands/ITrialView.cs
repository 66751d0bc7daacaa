namespace Spearmint.Host.Commands;

/// <summary>Shows the branches of a trial as they arrive.</summary>
internal interface ITrialView
{
    /// <summary>Shows the branches until the feed ends.</summary>
    Task ShowAsync(Trial trial, BranchFeed feed, CancellationToken cancellationToken);
}
