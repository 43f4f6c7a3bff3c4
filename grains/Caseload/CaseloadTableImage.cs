using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Caseload;

/// <content>The table in the image of a process's projections.</content>
internal sealed partial class CaseloadTable
{
    /// <summary>The whole table; its derived columns are derived again.</summary>
    [MethodImpl(StartPath.Optimized)]
    public void Imprint(Image image)
    {
        var places = Places;
        image.Value(ref places);
        Places = places;
        image.Column(ref _versions, places);
        image.Column(ref _since, places);
        image.Column(ref _birthYears, places);
        image.Column(ref _flags, places);
        image.Column(ref _metOn, places);
        image.Column(ref _assessedOn, places);
        image.Column(ref _durations, places);
        image.Column(ref _discussionsAskedOn, places);
        image.Column(ref _startedOn, places);
        image.Column(ref _reviewedOn, places);
        image.Column(ref _reviewDueOn, places);
        image.Column(ref _heardOn, places);
        image.Column(ref _closedOn, places);
        image.Column(ref _earlierClosedOn, places);
        image.Column(ref _mattersEnded, places);
        image.Column(ref _leftOn, places);
        image.Column(ref _endedOn, places);
        image.Column(ref _workers, places);
        image.Column(ref _workersSince, places);
        image.Column(ref _methods, places);
        image.Column(ref _statuses, places);
        image.Column(ref _reasons, places);
        if (image.Reads)
        {
            (_clients, _chains) = (new string?[places], new ReferralChain[places]);
            _meetings = new ImmutableArray<OpenMeeting>[places];
            _owedStarts = new ImmutableArray<OwedStart>[places];
            _openReferrals = new ImmutableArray<OpenReferral>[places];
            _places.EnsureCapacity(places);
        }
        for (var place = 0; place < places; place++)
        {
            image.Text(ref _clients[place]);
            _chains[place].Imprint(image, out _chains[place]);
            OpenMeeting.Imprint(image, ref _meetings[place]);
            OwedStart.Imprint(image, ref _owedStarts[place]);
            OpenReferral.Imprint(image, ref _openReferrals[place]);
            if (image.Reads && _clients[place] is { } client)
            {
                _places.Add(client, place);
            }
        }
    }
}
