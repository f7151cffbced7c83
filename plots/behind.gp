# Years behind the leading tenth. file_bars: place, years, 1 where exact, name.
set title chart_title
unset key
set style fill solid 0.85 noborder
set yrange [-0.7:n_bar - 0.3]
set xrange [*<0:*]
set grid noytics
set border 3
set xlabel 'years behind, at the level that the country has now'
set label 1 chart_note.'; pale: a limit, one of the two being there before its first year' \
  at screen 0.5, screen 14.0 / height center font ',10' textcolor rgb '#555555'
set bmargin screen 92.0 / height
plot file_bars using ($2 / 2):1:(abs($2) / 2):(0.38):($3 == 1 ? 0x0072b2 : 0x9cc8e3):ytic(shown(stringcolumn(4))) \
  with boxxyerror linecolor rgb variable
