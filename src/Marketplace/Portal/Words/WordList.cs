namespace Zweizeiler.Marketplace.Portal.Words;

/// <summary>
/// Every word of the portal, once a language. A key that a language lacks does not compile; <c>{0}</c> stands for values that come written in the
/// reader's format already.
/// </summary>
public sealed partial record WordList
{
    public required string Locale { get; init; }

    public required string SignIn { get; init; }

    public required string SignOut { get; init; }

    public required string SignInTitle { get; init; }

    public required string SignInLead { get; init; }

    public required string Email { get; init; }

    public required string Password { get; init; }

    public required string StaySignedIn { get; init; }

    public required string SignInFailed { get; init; }

    public required string EmailMissing { get; init; }

    public required string PasswordMissing { get; init; }

    public required string SignedOutNotice { get; init; }

    public required string SwitchLanguage { get; init; }

    public required string Language { get; init; }

    public required string MenuOf { get; init; }

    public required string SkipToContent { get; init; }

    public required string MainMenu { get; init; }

    public required string JobsTab { get; init; }

    public required string WorkTab { get; init; }

    public required string EarningsTab { get; init; }

    public required string DeskTab { get; init; }

    public required string Available { get; init; }

    public required string Paused { get; init; }

    public required string PauseNow { get; init; }

    public required string BeAvailable { get; init; }

    public required string NowAvailable { get; init; }

    public required string NowPaused { get; init; }

    public required string PausedTitle { get; init; }

    public required string PausedWords { get; init; }

    public required string OpenToAll { get; init; }

    public required string YouAreOn { get; init; }

    public required string GoOnWriting { get; init; }

    public required string NoJobsTitle { get; init; }

    public required string NoJobsWords { get; init; }

    public required string NoJobsLast { get; init; }

    /// <summary>{0}: how much time lies between two jobs of her pairs.</summary>
    public required string NoJobsUsually { get; init; }

    public required string NoPairsTitle { get; init; }

    public required string NoPairsWords { get; init; }

    public required string Or { get; init; }

    public required string MoreJobs { get; init; }

    public required string BackToFirst { get; init; }

    /// <summary>The next part of a list that begins with the newest.</summary>
    public required string Earlier { get; init; }

    public required string TakeIt { get; init; }

    public required string Look { get; init; }

    public required string NewJobOne { get; init; }

    public required string ShowNew { get; init; }

    public required string NewJobsBelow { get; init; }

    public required string JobGone { get; init; }

    public required string JobGoneYours { get; init; }

    public required string LiveLost { get; init; }

    public required string LiveBack { get; init; }

    public required string ClaimWon { get; init; }

    public required string ClaimTaken { get; init; }

    public required string ClaimTooMany { get; init; }

    public required string ClaimAlreadyYours { get; init; }

    public required string NotOpenTitle { get; init; }

    public required string NotOpenWords { get; init; }

    public required string OfferTitle { get; init; }

    public required string Fee { get; init; }

    public required string Due { get; init; }

    public required string Pair { get; init; }

    public required string Size { get; init; }

    public required string LeaseHint { get; init; }

    public required string Source { get; init; }

    public required string QuotedHistory { get; init; }

    public required string TextErased { get; init; }

    public required string Brief { get; init; }

    public required string BriefTo { get; init; }

    public required string BriefGreeting { get; init; }

    public required string BriefFormality { get; init; }

    public required string BriefTone { get; init; }

    public required string BriefAudience { get; init; }

    public required string BriefMood { get; init; }

    public required string BriefChannel { get; init; }

    public required string BriefMaxLength { get; init; }

    public required string BriefMustSay { get; init; }

    public required string BriefMustNotPromise { get; init; }

    public required string Urgency { get; init; }

    public required string Back { get; init; }

    public required string YourText { get; init; }

    public required string YourTextIn { get; init; }

    public required string Note { get; init; }

    public required string NoteHint { get; init; }

    public required string RemarkOnPassage { get; init; }

    /// <summary>A passage before what is said about it.</summary>
    public required string RemarkQuote { get; init; }

    public required string Deliver { get; init; }

    public required string Save { get; init; }

    public required string Saved { get; init; }

    public required string SavedAgo { get; init; }

    public required string Saving { get; init; }

    public required string NotYetSaved { get; init; }

    public required string KeptHere { get; init; }

    public required string SignedOutHere { get; init; }

    public required string SignInAgain { get; init; }

    public required string RestoredHere { get; init; }

    public required string OtherWindow { get; init; }

    public required string KeepMine { get; init; }

    public required string TakeOther { get; init; }

    public required string OtherVersion { get; init; }

    public required string Lease { get; init; }

    public required string LeaseLeft { get; init; }

    public required string LeaseOver { get; init; }

    public required string LeaseOverWords { get; init; }

    public required string TakeAgain { get; init; }

    public required string HandBack { get; init; }

    public required string HandBackFree { get; init; }

    public required string HandBackWhy { get; init; }

    public required string ChooseReason { get; init; }

    public required string ReasonMissing { get; init; }

    public required string HandedBackFree { get; init; }

    public required string HandedBack { get; init; }

    public required string LostIt { get; init; }

    public required string Delivered { get; init; }

    public required string Checks { get; init; }

    public required string ChecksHeldUp { get; init; }

    public required string CheckEmpty { get; init; }

    public required string CheckUntranslated { get; init; }

    public required string CheckNumber { get; init; }

    public required string CheckPlaceholder { get; init; }

    public required string CheckTooLong { get; init; }

    public required string FineBecause { get; init; }

    public required string FineBecauseHint { get; init; }

    public required string MustFix { get; init; }

    public required string PleaseConfirm { get; init; }

    public required string Shortcuts { get; init; }

    public required string ShortcutsTitle { get; init; }

    public required string CtrlEnter { get; init; }

    public required string CtrlS { get; init; }

    public required string CtrlI { get; init; }

    public required string KeyDeliver { get; init; }

    public required string KeySave { get; init; }

    public required string KeyCopy { get; init; }

    public required string KeyHelp { get; init; }

    public required string Close { get; init; }

    public required string WorkTitle { get; init; }

    public required string WorkInProgress { get; init; }

    public required string WorkInReview { get; init; }

    public required string WorkAccepted { get; init; }

    public required string WorkEmptyTitle { get; init; }

    public required string WorkEmptyWords { get; init; }

    public required string ToTheJobs { get; init; }

    public required string NothingInProgress { get; init; }

    public required string NothingInReview { get; init; }

    public required string NothingAccepted { get; init; }

    public required string ReviewHint { get; init; }

    public required string DeliveredAgo { get; init; }

    public required string AcceptedAgo { get; init; }

    public required string Rating { get; init; }

    public required string YourDelivery { get; init; }

    public required string YourNote { get; init; }

    public required string Thanks { get; init; }

    public required string ShowDelivery { get; init; }

    public required string EarningsTitle { get; init; }

    public required string EarnedThisWeek { get; init; }

    public required string EarnedNothing { get; init; }

    public required string EarnedSoon { get; init; }

    public required string EarningsEmptyTitle { get; init; }

    public required string EarningsEmptyWords { get; init; }

    public required string StateInProgress { get; init; }

    public required string StateAwaiting { get; init; }

    public required string StateCredited { get; init; }

    public required string ByDay { get; init; }

    public required string FeeFor { get; init; }

    public required string Counted { get; init; }

    public required string CreditedAt { get; init; }

    public required string Today { get; init; }

    public required string Yesterday { get; init; }

    public required string OneLine { get; init; }

    public required string Lines { get; init; }

    public required string OneCharacter { get; init; }

    public required string Characters { get; init; }

    public required string OneJob { get; init; }

    public required string ManyJobs { get; init; }

    public required string UnderAMinute { get; init; }

    public required string Minutes { get; init; }

    public required string Hours { get; init; }

    public required string HoursAndMinutes { get; init; }

    public required string Days { get; init; }

    /// <summary>The same within "in …", "vor …", "seit …", which have German decline it.</summary>
    public required string DaysAfterPreposition { get; init; }

    public required string JustNow { get; init; }

    public required string Ago { get; init; }

    public required string Within { get; init; }

    public required string Overdue { get; init; }

    public required string DeskTitle { get; init; }

    public required string DeskLead { get; init; }

    public required string DeskByState { get; init; }

    public required string DeskState { get; init; }

    public required string DeskCount { get; init; }

    public required string DeskOldest { get; init; }

    public required string DeskNewest { get; init; }

    public required string DeskWaiting { get; init; }

    public required string DeskNoneWaiting { get; init; }

    public required string DeskExpired { get; init; }

    public required string DeskNoneExpired { get; init; }

    public required string DeskJob { get; init; }

    public required string DeskWaits { get; init; }

    public required string DeskPromised { get; init; }

    public required string DeskTries { get; init; }

    public required string DeskReady { get; init; }

    public required string DeskTranslator { get; init; }

    public required string DeskExpiredAt { get; init; }

    public required string DeskNow { get; init; }

    public required string DeskPeople { get; init; }

    public required string DeskOnePerson { get; init; }

    public required string DeskNoJobs { get; init; }

    public required string DeskMore { get; init; }

    public required string DisputesTab { get; init; }

    public required string DisputesCount { get; init; }

    public required string AskTitle { get; init; }

    public required string YourQuestion { get; init; }

    public required string AskHintOpen { get; init; }

    public required string AskHintWorking { get; init; }

    public required string AskButton { get; init; }

    public required string AskEmpty { get; init; }

    public required string AskTooLong { get; init; }

    public required string AskWaiting { get; init; }

    public required string AskNotYours { get; init; }

    public required string Asked { get; init; }

    public required string AskedStopped { get; init; }

    public required string ThreadTitle { get; init; }

    public required string FromMerchant { get; init; }

    public required string FromYou { get; init; }

    public required string FromColleague { get; init; }

    public required string WaitsForAnswer { get; init; }

    public required string OnHoldTitle { get; init; }

    public required string OnHoldWords { get; init; }

    public required string ClockStopped { get; init; }

    public required string RevisionTitle { get; init; }

    public required string ComplaintTitle { get; init; }

    public required string CorrectionHint { get; init; }

    public required string MarkedPlaces { get; init; }

    public required string ReviseIt { get; init; }

    public required string JobCancelledNotice { get; init; }

    public required string ClaimWithdrawn { get; init; }

    public required string WorkComplaints { get; init; }

    public required string Correct { get; init; }

    public required string WorkDisputed { get; init; }

    public required string SeeAndAnswer { get; init; }

    public required string LookAtIt { get; init; }

    public required string AwaitsRuling { get; init; }

    public required string WorkEnded { get; init; }

    public required string EndedCancelled { get; init; }

    public required string EndedRefunded { get; init; }

    public required string ShareFor { get; init; }

    public required string FeeRaised { get; init; }

    public required string MarkSameCase { get; init; }

    public required string MarkPreferred { get; init; }

    public required string WidenedTitle { get; init; }

    public required string DisputesTitle { get; init; }

    public required string DisputesLead { get; init; }

    public required string DisputesYours { get; init; }

    public required string DisputesForYou { get; init; }

    public required string DisputesWaiting { get; init; }

    public required string DisputesNone { get; init; }

    public required string DisputeTake { get; init; }

    public required string DisputeTakeHint { get; init; }

    public required string DisputeTaken { get; init; }

    public required string DisputeTooLate { get; init; }

    public required string DisputeGiveBack { get; init; }

    public required string DisputeGivenBack { get; init; }

    public required string RejectedDelivery { get; init; }

    public required string ContestedDelivery { get; init; }

    public required string TheObjection { get; init; }

    public required string TheNote { get; init; }

    public required string TheRejoinder { get; init; }

    public required string NoRejoinder { get; init; }

    public required string YourAnswer { get; init; }

    public required string AnswerHint { get; init; }

    public required string SendAnswer { get; init; }

    public required string AnswerSent { get; init; }

    public required string WordsMissing { get; init; }

    public required string RuleTitle { get; init; }

    public required string RuleStands { get; init; }

    public required string RuleAgainst { get; init; }

    public required string RuleReason { get; init; }

    public required string RuleReasonHint { get; init; }

    public required string HearingUntil { get; init; }

    public required string RuleTooEarly { get; init; }

    public required string RuleButton { get; init; }

    public required string RuleChoose { get; init; }

    public required string Ruled { get; init; }

    public required string RulingTitle { get; init; }

    public required string RuledStands { get; init; }

    public required string RuledAgainst { get; init; }

    public required string OperatorsFrom { get; init; }

    public required string DeskDisputes { get; init; }

    public required string DeskNoDisputes { get; init; }

    public required string DeskRevisions { get; init; }

    public required string DeskNoRevisions { get; init; }

    public required string DeskSince { get; init; }

    public required string DeskDo { get; init; }

    public required IReadOnlyDictionary<string, string> ComplaintStates { get; init; }

    public required IReadOnlyDictionary<string, string> ObjectionReasons { get; init; }

    public required string SignedOutTitle { get; init; }

    public required string SignedOutWithText { get; init; }

    public required string NotFoundTitle { get; init; }

    public required string NotFoundWords { get; init; }

    public required string ForbiddenTitle { get; init; }

    public required string ForbiddenWords { get; init; }

    public required string FormTooOldTitle { get; init; }

    public required string FormTooOldWords { get; init; }

    public required string FailedTitle { get; init; }

    public required string FailedWords { get; init; }

    public required string BackToJobs { get; init; }

    public required string Refresh { get; init; }

    public required string NewsForYou { get; init; }

    public required string ShowNews { get; init; }

    public required string UpTo { get; init; }

    public required string FeeByLines { get; init; }

    public required string FeeByMinutes { get; init; }

    public required string LeaseHintCall { get; init; }

    public required string VeilHint { get; init; }

    public required string Message { get; init; }

    public required string Points { get; init; }

    public required string CustomerMessage { get; init; }

    public required string TheCall { get; init; }

    public required string CallNumber { get; init; }

    public required string CallNumberLater { get; init; }

    public required string CallThere { get; init; }

    public required string CallHere { get; init; }

    public required string CallAttempts { get; init; }

    public required string CallMinutes { get; init; }

    public required string CallAsk { get; init; }

    public required string GlossaryTitle { get; init; }

    public required string GlossaryMore { get; init; }

    public required string GlossaryForbidden { get; init; }

    public required string MostLines { get; init; }

    public required string MustSayTitle { get; init; }

    public required string MustNotPromiseTitle { get; init; }

    public required string BackGloss { get; init; }

    public required string BackGlossHint { get; init; }

    public required string Gist { get; init; }

    public required string GistHint { get; init; }

    public required string MoodOfMessage { get; init; }

    public required string MoodOfMessageHint { get; init; }

    public required string NextStep { get; init; }

    public required string NextStepHint { get; init; }

    public required string CallReport { get; init; }

    public required string CallReportHint { get; init; }

    public required string Outcome { get; init; }

    public required string MinutesSpoken { get; init; }

    public required string MinutesSpokenHint { get; init; }

    public required string AttemptsMade { get; init; }

    public required string AttemptsMadeHint { get; init; }

    public required string CheckEmptyReply { get; init; }

    public required string CheckBackGloss { get; init; }

    public required string CheckGist { get; init; }

    public required string CheckMood { get; init; }

    public required string CheckNextStep { get; init; }

    public required string CheckOutcome { get; init; }

    public required string CheckMinutes { get; init; }

    public required string CheckAttempts { get; init; }

    public required string CheckTooFewAttempts { get; init; }

    public required string CheckReport { get; init; }

    public required string CheckTooManyLines { get; init; }

    public required string CheckTerm { get; init; }

    public required string CheckTermForbidden { get; init; }

    public required string DeliveredMinutes { get; init; }

    public required string ForYou { get; init; }

    public required string ForYouHint { get; init; }

    public required string ForYouOnly { get; init; }

    public required string ForYouNow { get; init; }

    public required string SecondsLeft { get; init; }

    public required string OfferOver { get; init; }

    public required string OfferPassed { get; init; }

    public required string NotNow { get; init; }

    public required string NotNowDone { get; init; }

    public required string NotNowTooLate { get; init; }

    public required string ClaimKept { get; init; }

    public required string ClaimTooQuick { get; init; }

    public required string FeeTakenBack { get; init; }

    public required string TakenBackAt { get; init; }

    public required string DeskOffers { get; init; }

    public required string DeskNoOffers { get; init; }

    public required string DeskTurn { get; init; }

    public required string DeskWhy { get; init; }

    public required string DeskWaited { get; init; }

    public required string DeskThen { get; init; }

    public required string DeskMade { get; init; }

    public required string DeskOutcome { get; init; }

    public required string DeskAsking { get; init; }

    public required string DeskClaims { get; init; }

    public required string DeskNoClaims { get; init; }

    public required string DeskUntil { get; init; }

    public required string DeskActions { get; init; }

    public required string DeskOperator { get; init; }

    public required string DeskAction { get; init; }

    public required string DeskReason { get; init; }

    public required string DeskReasonMissing { get; init; }

    public required string DeskReasonTooLong { get; init; }

    public required string DeskReoffer { get; init; }

    public required string DeskReofferHint { get; init; }

    public required string DeskReoffered { get; init; }

    public required string DeskRelease { get; init; }

    public required string DeskReleaseHint { get; init; }

    public required string DeskReleased { get; init; }

    public required string DeskTooLate { get; init; }

    public required string MemoryTitle { get; init; }

    public required string TakeSuggestion { get; init; }

    public required string CtrlNumber { get; init; }

    public required string Concordance { get; init; }

    public required string FindIn { get; init; }

    public required string FindIt { get; init; }

    public required string FoundNone { get; init; }

    public required string TermAdd { get; init; }

    public required string TermHint { get; init; }

    public required string TermSave { get; init; }

    public required string TermAdded { get; init; }

    public required string TermNoted { get; init; }

    public required string TermError { get; init; }

    public required string CaseTitle { get; init; }

    public required string CaseOne { get; init; }

    public required string ChangesTitle { get; init; }

    public required string SpecialCharacters { get; init; }

    public required string KeySuggestion { get; init; }

    public required string CtrlK { get; init; }

    public required string KeyFind { get; init; }

    public required string CtrlPoint { get; init; }

    public required string CtrlAltM { get; init; }

    public required string KeyNextFinding { get; init; }

    public required string KeyRemark { get; init; }

    public required string CheckAmount { get; init; }

    public required string CheckDate { get; init; }

    public required string CheckSentence { get; init; }

    public required string CheckLink { get; init; }

    public required string CheckCode { get; init; }

    public required string CheckPlaceholderUnknown { get; init; }

    public required string CheckBracket { get; init; }

    public required string CheckDoubleSpace { get; init; }

    public required string CheckDoubleWord { get; init; }

    public required string CheckSpelling { get; init; }

    public required string CheckEndQuestion { get; init; }

    public required string CheckEndSentence { get; init; }

    public required string CheckTooInformal { get; init; }

    public required string CheckTooFormal { get; init; }

    public required string CheckName { get; init; }

    public required string CheckMayPromise { get; init; }

    public required string CheckMustSay { get; init; }

    public required IReadOnlyDictionary<string, string> CallOutcomes { get; init; }

    public required IReadOnlyDictionary<string, string> RankReasons { get; init; }

    public required IReadOnlyDictionary<string, string> OfferOutcomes { get; init; }

    public required IReadOnlyDictionary<string, string> ClaimOutcomes { get; init; }

    public required IReadOnlyDictionary<string, string> StuckReasons { get; init; }

    public required IReadOnlyDictionary<string, string> Kinds { get; init; }

    public required IReadOnlyDictionary<string, string> Languages { get; init; }

    public required IReadOnlyDictionary<string, string> Formalities { get; init; }

    public required IReadOnlyDictionary<string, string> Channels { get; init; }

    public required IReadOnlyDictionary<string, string> Tones { get; init; }

    public required IReadOnlyDictionary<string, string> Moods { get; init; }

    public required IReadOnlyDictionary<string, string> Urgencies { get; init; }

    public required IReadOnlyDictionary<string, string> States { get; init; }

    public required IReadOnlyDictionary<string, string> ReleaseReasons { get; init; }

    /// <summary>The languages that the portal speaks.</summary>
    public static IReadOnlyList<WordList> All => [German, English];

    public static WordList For(string locale) => locale == "en" ? English : German;
}
