# Ranked bars, one panel a node. file_bars: row, label, then one score a panel.
# gap_row: where countries in the middle are omitted, or -1.
set multiplot title sprintf('%s, %d: %s', index_name, year, shown)
set style fill solid noborder
set yrange [n_row - 0.3:-0.7]
set xrange [score_low:score_high]
# No label at the right end: it would run into the next panel's first.
set xtics score_low, (score_high - score_low) / 2, score_low + 0.6 * (score_high - score_low) font ',10'
set ytics font ',10' scale 0
set grid xtics noytics
set border 0
unset key
left = 0.255; gap = 0.018
panel = (0.985 - left) / n_panel
set tmargin screen 1 - 78.0 / height
set bmargin screen 40.0 / height
do for [i = 1:n_panel] {
  set lmargin screen left + (i - 1) * panel + gap
  set rmargin screen left + i * panel
  set title value(sprintf('panel_%d', i)) offset 0,-0.6
  if (gap_row >= 0) {
    set label 1 '⋮' at graph 0.02, first gap_row left textcolor rgb '#777777'
  }
  if (i == 1) {
    plot file_bars using (0):1:(score_low):(column(i + 2)):($1 - 0.38):($1 + 0.38):ytic(2) \
      with boxxyerror linecolor rgb colour(i)
  } else {
    unset ytics
    plot file_bars using (0):1:(score_low):(column(i + 2)):($1 - 0.38):($1 + 0.38) \
      with boxxyerror linecolor rgb colour(i)
  }
  unset label 99
}
unset multiplot
